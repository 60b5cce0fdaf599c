"""Every page that links lead to, as each role of the demo sees it: by plain requests, then in a browser before four judges,
at the width of a desk and of a phone. How the same pages stand in the other language, and what a browser does that
requests do not: browsing_test.py, which another process runs beside this one.
"""
import judges
import pytest
from ministry import ROLES, demo, first_of_each_shape, judged, window  # noqa: F401

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("role", ROLES)
def test_every_link_leads_to_a_sound_page(demo, role):
    pages, wrong = demo.pages(role)
    assert not wrong, "\n".join(wrong)
    assert len(pages) > 30, f"only {list(pages)}"


def test_every_page_before_the_judges(demo, window):
    bench = judges.Judges()
    wrong = judged(window, demo, bench, first_of_each_shape(demo), "en")
    assert not wrong + bench.read(), "\n".join(wrong + bench.findings)
