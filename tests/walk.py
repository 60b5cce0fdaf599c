"""Walking over pages as a reader does: signing in, following every link, noting what is wrong with each answer.

    visit = walk.Visit(server.url)
    visit.sign_in("hr", "three-quiet-boats")
    pages, wrong = visit.everywhere()
"""
import html.parser
import re
import urllib.parse

import requests

MOST = 60_000  # bytes of a page
PAPER = 300_000  # of what an office prints and files
A_SHAPE = 2  # addresses of one shape that are looked at


class Page(html.parser.HTMLParser):
    """What a test wants to know of a page."""

    VOID = {"meta", "link", "input", "br", "hr", "img", "col", "wbr"}

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.lang, self.title, self.headings, self.links, self.ids = "", "", [], [], []
        self.forms, self.labels, self.words, self.tables = [], set(), [], []
        self._open, self._form = [], None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag not in self.VOID:
            self._open.append(tag)
        if "id" in a:
            self.ids.append(a["id"])
        if tag == "html":
            self.lang = a.get("lang", "")
        elif tag == "h1":
            self.headings.append("")
        elif tag == "a" and "href" in a:
            self.links.append(a["href"])
        elif tag == "form":
            self._form = {"action": a.get("action", ""), "method": a.get("method", "get").lower(), "fields": {}, "files": [],
                          "enctype": a.get("enctype", ""), "buttons": [], "choices": {}, "class": a.get("class", ""), "main": "main" in self._open}
            self.forms.append(self._form)
        elif self._form is not None:
            self._control(tag, a)

    def _control(self, tag, a):
        form, name, kind = self._form, a.get("name"), a.get("type", "text")
        if tag == "button":
            form["buttons"].append((name, a.get("value", "")))
        elif tag == "input" and name:
            if kind == "file":
                form["files"].append(name)
            elif kind in ("radio", "checkbox"):
                form["choices"].setdefault(name, []).append(a.get("value", "on"))
                if "checked" in a:
                    form["fields"][name] = a.get("value", "on")
            else:
                form["fields"][name] = a.get("value") or ""
        elif tag in ("textarea", "select") and name:
            form["fields"][name] = ""
            self._text_of = name
        elif tag == "option" and getattr(self, "_text_of", None):
            form["choices"].setdefault(self._text_of, []).append(a.get("value", ""))
            if "selected" in a:
                form["fields"][self._text_of] = a.get("value", "")

    def handle_endtag(self, tag):
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if tag == "form":
            self._form = None

    def handle_data(self, data):
        if "title" in self._open and "svg" not in self._open:
            self.title += data
        elif "h1" in self._open:
            self.headings[-1] += data
        if self._form is not None and self._open and self._open[-1] == "textarea":
            self._form["fields"][self._text_of] = data
        if "script" not in self._open and "style" not in self._open:
            self.words.append(data)

    @classmethod
    def of(cls, answer):
        """The page of an answer, with where it stands and how it came."""
        page = cls(answer.text)
        page.url, page.status = answer.url, answer.status_code
        return page

    @property
    def text(self):
        return re.sub(r"\s+", " ", " ".join(self.words))


# Where a code stands in an address, if it has no figure in it.
CODES = [r"(/list/\w+/)(?!new\b)([^/]+)", r"(/enter/\w+/)([^/]+)", r"(/upload/)([^/]+)", r"(/enter/\w+/#/)([^/]+)", r"(/organisation/)([^/]+)",
         r"(/rules/tables/[^/]+/)([^/]+)", r"(/duty/user/)([^/]+)"]


def shape(address):
    """An address without what differs from record to record: /people/19681101… and /people/1972… are of one shape."""
    parts = urllib.parse.urlsplit(address)
    path = parts.path
    for code in CODES:
        path = re.sub(code, r"\1#", path)
    path = re.sub(r"(?<=/)(?=[^/]*\d)[^/]+", "#", path)
    if re.search(r"\b(sort|after)=", parts.query):  # all lists turn their pages alike
        path = re.sub(r"^/(list|sheet)/\w+", r"/\1/#", path)
    query = "&".join(sorted({name for name, _ in urllib.parse.parse_qsl(parts.query)}))
    return path + ("?" + query if query else "")


def faults(answer, page):
    """What is wrong with a page that should be one."""
    wrong = []
    if answer.status_code != 200:
        return [f"status {answer.status_code}"]
    kind = answer.headers.get("Content-Type", "")
    if "text/html" not in kind:
        return []
    most = PAPER if 'class="printed"' in answer.text else MOST
    if len(answer.content) >= most:
        wrong.append(f"{len(answer.content)} bytes; pages have fewer than {most}")
    if not page.title.strip():
        wrong.append("no title")
    if len(page.headings) != 1 or not page.headings[0].strip():
        wrong.append(f"{len(page.headings)} headings of the first level: {page.headings}")
    if not page.lang:
        wrong.append("no language")
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"):
        if name not in answer.headers:
            wrong.append(f"no header {name}")
    if "unsafe-inline" in answer.headers.get("Content-Security-Policy", "unsafe-inline"):
        wrong.append("the security policy lets scripts stand in pages")
    if re.search(r"<[^>]+\s(style|on[a-z]+)=", answer.text):
        wrong.append("a style or a script inside the page")
    return wrong


class Visit:
    """One reader's session."""

    def __init__(self, url, lang="en"):
        self.url = url
        self.session = requests.Session()
        self.session.headers["Accept-Language"] = lang

    def get(self, address, **more):
        return self.session.get(urllib.parse.urljoin(self.url, address), timeout=60, **more)

    def send(self, at, form, values=None, button=None, files=None, **more):
        """Sends a form of the page at an address, as it stands but for these values."""
        data = {**form["fields"], **(values or {})}
        if button:
            data[button[0]] = button[1]
        target = urllib.parse.urljoin(at, form["action"])
        if form["enctype"] == "multipart/form-data":
            files = {name: (None, value) for name, value in data.items()} | (files or {})
            return self.session.post(target, files=files, timeout=60, **more)
        return self.session.post(target, data=data, timeout=60, **more)

    def sign_in(self, name, password, address="/in"):
        answer = self.get(address)
        form = next(f for f in Page(answer.text).forms if "password" in f["fields"])
        answer = self.send(answer.url, form, {"name": name, "password": password})
        assert answer.status_code == 200 and not answer.url.endswith(address), f"{name} cannot sign in: {answer.url}"
        return answer

    def everywhere(self, start="/", most=400):
        """Every page that links lead to, a few of each shape: ({address: (answer, page)}, [what is wrong])."""
        waiting, seen, of_shape, pages, wrong = [(start, "")], {start}, {}, {}, []
        while waiting and len(pages) < most:
            address, source = waiting.pop(0)
            answer = self.get(address, allow_redirects=True)
            is_page = "text/html" in answer.headers.get("Content-Type", "")
            page = Page(answer.text if is_page else "")
            pages[address] = (answer, page)
            wrong += [f"{address} (from {source or 'the start'}): {what}" for what in faults(answer, page)]
            for href in page.links:
                self._note(urllib.parse.urljoin(answer.url, href), address, waiting, seen, of_shape, wrong, page)
        return pages, wrong

    def _note(self, target, source, waiting, seen, of_shape, wrong, page):
        parts = urllib.parse.urlsplit(target)
        if parts.scheme not in ("http", "https") or not target.startswith(self.url):
            wrong.append(f"{source}: a link that leads away: {target}")
            return
        address = parts.path + ("?" + parts.query if parts.query else "")
        here = urllib.parse.urlsplit(source)
        if parts.fragment and (parts.path, parts.query) == (here.path, here.query) and parts.fragment not in page.ids:
            wrong.append(f"{source}: a link to #{parts.fragment}, which is not there")
        if address in seen or of_shape.get(shape(address), 0) >= A_SHAPE:
            return
        seen.add(address)
        of_shape[shape(address)] = of_shape.get(shape(address), 0) + 1
        waiting.append((address, source))
