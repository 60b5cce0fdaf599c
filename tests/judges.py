"""The judges of pages: axe (WCAG 2.2 AA, target-size on) and HTML_CodeSniffer (WCAG2AA) look at a page in the browser,
the Nu HTML checker and html-validate at what the server sent. Nothing is excluded: every finding is a failure.

    judges = Judges()
    judges.look(browser, "people, desktop")     # as often as there are pages
    judges.read()                               # then once: one process each over all that was sent
    assert not judges.findings
"""
import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import tempfile

import merit

HERE = merit.ROOT / "tests/judges"
NODE = merit.ROOT / "build/judges/node_modules"
ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# What another width may change.
WIDTH = ["target-size", "scrollable-region-focusable", "meta-viewport", "link-in-text-block", "aria-hidden-focus", "region", "skip-link"]
AXE = """
    const done = arguments[arguments.length - 1], [type, values] = arguments;
    axe.run(document, { preload: false, resultTypes: ['violations'],
        rules: type === 'tag' ? { 'target-size': { enabled: true } } : {}, runOnly: { type, values } })
      .then(r => done(r.violations.map(v => [v.id, v.help, v.nodes.slice(0, 3).map(n => n.html.slice(0, 200))])),
            e => done([['axe', String(e), []]]));
"""
SNIFF = """
    const done = arguments[arguments.length - 1];
    HTMLCS.process('WCAG2AA', document, () => done(HTMLCS.getMessages().filter(m => m.type === HTMLCS.ERROR)
      .map(m => [m.code, m.msg, m.element.outerHTML ? m.element.outerHTML.slice(0, 200) : ''])),
      e => done([['HTMLCS', String(e), '']]));
"""


class Judges:
    def __init__(self):
        subprocess.run([HERE / "install"], check=True)
        self.axe = (NODE / "axe-core/axe.min.js").read_text()
        self.sniffer = (NODE / "html_codesniffer/build/HTMLCS.js").read_text()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="merit-judged-"))
        self.pages, self.findings, self.alike = {}, [], {}

    def found(self, name, judge, rule, words, where=""):
        where = re.sub(r"\s+", " ", where).strip()
        alike = (name, judge, words)
        self.alike[alike] = self.alike.get(alike, 0) + 1
        if self.alike[alike] > 2:  # the rest of a table says no more
            return
        self.findings.append(f"{name}: {judge} {rule}: {words}" + (f" — {where}" if where else ""))

    def keep(self, name, source):
        """Keeps what the server sent for read(); the same text is read once."""
        mark = hashlib.sha256(source.encode()).hexdigest()[:16]
        path = self.folder / f"{mark}.html"
        if not path.exists():
            path.write_text(source)
        self.pages.setdefault(path.name, name)

    def look(self, browser, name, again=False):
        """Judges the page that the browser shows. again: the same page at another size, so only what the size may change."""
        browser.driver.execute_script(self.axe)
        for rule, words, where in browser.driver.execute_async_script(AXE, *(("rule", WIDTH) if again else ("tag", ALL))):
            self.found(name, "axe", rule, words, " ; ".join(where))
        if again:
            return
        if browser.source:
            self.keep(name, browser.source)
        browser.driver.execute_script(self.sniffer)
        for rule, words, where in browser.driver.execute_async_script(SNIFF):
            self.found(name, "HTML_CodeSniffer", rule, words, where)

    def read(self):
        """The two that read what was sent: one process each over all pages."""
        if self.pages:
            self._nu()
            self._html_validate()
        shutil.rmtree(self.folder)
        return self.findings

    def _nu(self):
        jar = NODE / "vnu-jar/build/dist/vnu.jar"
        done = subprocess.run(["java", "-Xss4m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar, "--format", "json", "--exit-zero-always", "--stdout",
                               "--no-langdetect", self.folder], capture_output=True, text=True)
        for m in json.loads(done.stdout)["messages"]:
            name = self.pages[m["url"].rsplit("/", 1)[-1]]
            self.found(name, "Nu", f"{m.get('subType', m['type'])} in line {m.get('lastLine', 0)}", m["message"], m.get("extract", ""))

    def _html_validate(self):
        told = self.folder / "told.json"  # into a pipe it would end before all is through
        done = subprocess.run(["node", NODE / "html-validate/bin/html-validate.mjs", "--config", HERE / "html-validate.json",
                               "--formatter", f"json={told}", *[self.folder / page for page in self.pages]], capture_output=True, text=True)
        assert told.exists(), f"html-validate said nothing: {done.stderr}"
        for result in json.loads(told.read_text()):
            name = self.pages[pathlib.Path(result["filePath"]).name]
            lines = (result.get("source") or "").split("\n")
            for m in result["messages"]:
                line = lines[m["line"] - 1] if 0 < m["line"] <= len(lines) else ""
                at = max(0, m["column"] - 40)
                self.found(name, "html-validate", m["ruleId"], m["message"], line[at:at + 160])
