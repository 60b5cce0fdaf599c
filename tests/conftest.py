import merit
import pytest


@pytest.fixture(params=["sqlite", "postgres"])
def kind(request):
    if request.param == "postgres" and not merit.PG:
        pytest.skip("MERIT_TEST_PG names no server; tests/private-postgres starts one")
    return request.param


@pytest.fixture
def store(kind, tmp_path):
    return merit.new(kind, tmp_path)
