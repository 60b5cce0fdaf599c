"""An invented ministry behind a server, and visits to it as the roles of the demo: what tests of pages share."""
import browser
import merit
import walk

PASSWORD = "three-quiet-boats"


class Office:
    """One round of April sealed, one of October open; 300 people, so that it is quick."""

    def __init__(self, folder, staff=300, kind="sqlite"):
        self.store = merit.new(kind, folder)
        self.store.must("demo", "--staff", staff)
        self.sealed = self.store.must("round open", "--kind", "rank", "--unit", "MOF", "--as-of", "2008-04-01").strip()
        self.store.must("round seal", self.sealed)
        self.open = self.store.must("round open", "--kind", "rank", "--policy", "as-regulated", "--unit", "MOF",
                                    "--as-of", "2008-10-01").strip()
        self.server = browser.Server(self.store)
        self.url = self.server.url

    def visit(self, user, lang="en"):
        visit = walk.Visit(self.url, lang)
        visit.sign_in(user, PASSWORD)
        return visit

    def page(self, visit, address, status=200):
        answer = visit.get(address)
        assert answer.status_code == status, f"{address}: {answer.status_code}\n{walk.Page(answer.text).text[:600]}"
        return walk.Page.of(answer)

    def fill(self, visit, address, values, button=None, form=-1):
        """Sends the page's own form (the last one unless told) and gives the page that follows."""
        page = self.page(visit, address)
        mine = [f for f in page.forms if f["method"] == "post" and f.get("main")]
        return walk.Page.of(visit.send(page.url, mine[form], values, button))

    def stop(self):
        assert self.server.stop() == 0, self.server.said()
