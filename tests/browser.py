"""A real browser for tests: headless Chromium, moved by selenium; and merit serve, for it to look at.

    with browser.Server(store) as server, browser.Browser() as b:
        b.open(server.url + "/people")
        b.shot("people")
"""
import base64
import json
import os
import pathlib
import re
import selectors
import shutil
import signal
import subprocess
import tempfile
import time

import merit
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

SHOTS = merit.ROOT / "build/shots"
DESKTOP, PHONE = (1360, 900), (390, 844)
# 256 kbit/s and 600 ms: the line of a district office.
SLOW_LINE = {"offline": False, "latency": 600, "downloadThroughput": 32000, "uploadThroughput": 32000}
NO_LINE = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
FULL_LINE = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-extensions",
         "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
         "--disable-default-apps", "--disable-features=Translate,OptimizationHints,MediaRouter", "--lang=en",
         "--force-device-scale-factor=1", "--hide-scrollbars"]


class Server:
    """merit serve on a free port of this computer, until the block ends."""

    def __init__(self, store, *words, env=None):
        side = {"MERIT_SIDE": str(store.side)} if hasattr(store, "side") else {}
        where = getattr(store, "where", str(store))
        self.log = tempfile.NamedTemporaryFile("w+", prefix="merit-serve-", suffix=".log", delete=False)
        self.process = subprocess.Popen(
            [merit.BIN, "serve", where, "--listen", "127.0.0.1:0", *map(str, words)],
            stdout=subprocess.PIPE, stderr=self.log, text=True, env={**os.environ, **side, **(env or {})})
        self.url = self._address()

    def _address(self):
        found = re.search(r"http://\S+?:\d+", self._first_lines())
        if not found:
            self.process.kill()
            raise AssertionError(f"merit serve did not say where it listens: {self.said()}")
        return found[0]

    def _first_lines(self, within=20):
        lines, end = "", time.monotonic() + within
        with selectors.DefaultSelector() as ready:
            ready.register(self.process.stdout, selectors.EVENT_READ)
            while "http://" not in lines and time.monotonic() < end and ready.select(end - time.monotonic()):
                line = self.process.stdout.readline()
                if not line:
                    break
                lines += line
        return lines

    def said(self):
        return pathlib.Path(self.log.name).read_text()

    def stop(self):
        """Asks it to stop; returns its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.process.stdout.close()
        return self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        self.log.close()
        os.unlink(self.log.name)


class Browser:
    """One Chromium with nothing in it. size: DESKTOP, PHONE; dark, scripts, line can be changed at any time."""

    def __init__(self, size=DESKTOP):
        self.profile = tempfile.mkdtemp(prefix="merit-browser-")
        options = Options()
        for flag in [*FLAGS, f"--user-data-dir={self.profile}"]:
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
        options.page_load_strategy = "normal"
        self.driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
        self.driver.set_page_load_timeout(90)
        self.driver.set_script_timeout(90)
        self.cdp("Network.enable", maxTotalBufferSize=50_000_000, maxResourceBufferSize=10_000_000)
        self.size(size)
        self.media()
        self.status, self.source, self.headers = 0, "", {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.quit()

    def quit(self):
        self.driver.quit()
        shutil.rmtree(self.profile, ignore_errors=True)

    def cdp(self, command, **words):
        return self.driver.execute_cdp_cmd(command, words)

    # ---- how it looks and what it can ------------------------------------------------------------------------------

    def size(self, size):
        width, height = size
        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                 mobile=width < 600)

    def media(self, dark=False, paper=False):
        self.cdp("Emulation.setEmulatedMedia", media="print" if paper else "",
                 features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
                           {"name": "prefers-reduced-motion", "value": "reduce"}])

    def scripts(self, on):
        self.cdp("Emulation.setScriptExecutionDisabled", value=not on)

    def line(self, kind):
        self.cdp("Network.emulateNetworkConditions", **kind)

    # ---- going and looking -----------------------------------------------------------------------------------------

    def open(self, address):
        self.forget()
        self.driver.get(address)
        self.arrived()

    def press(self, element):
        """Clicks what leads to another page, and waits for that page."""
        self.run("arguments[0].scrollIntoView({block: 'center'})", element)
        self._lead(element.click)

    def press_key(self, element, key):
        self._lead(lambda: element.send_keys(key))

    def wait_until(self, what, seconds=30):
        WebDriverWait(self.driver, seconds).until(lambda _: what())

    def _lead(self, act):
        self.forget()
        before = self.driver.find_element(By.TAG_NAME, "html")
        act()
        WebDriverWait(self.driver, 60).until(lambda d: d.find_element(By.TAG_NAME, "html") != before)
        WebDriverWait(self.driver, 60).until(lambda d: d.execute_script("return document.readyState") == "complete")
        self.arrived()

    def forget(self):
        self.driver.get_log("performance")

    def arrived(self):
        """Takes from the browser's own log what the server sent for the page that is shown."""
        self.status, self.source, self.headers, request = 0, "", {}, None
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.responseReceived" and message["params"]["type"] == "Document":
                request, answer = message["params"]["requestId"], message["params"]["response"]
                self.status, self.headers = answer["status"], {k.lower(): v for k, v in answer["headers"].items()}
        if request:
            self.source = self.cdp("Network.getResponseBody", requestId=request)["body"]

    def one(self, css):
        return self.driver.find_element(By.CSS_SELECTOR, css)

    def all(self, css):
        return self.driver.find_elements(By.CSS_SELECTOR, css)

    def text(self):
        return self.one("body").text

    def type(self, css, words):
        field = self.one(css)
        field.clear()
        field.send_keys(words)

    def run(self, script, *words):
        return self.driver.execute_script(script, *words)

    def links(self):
        """The addresses that the page leads to, without what stands after #."""
        found = self.run("return Array.from(document.links, a => a.href)")
        return list(dict.fromkeys(href.split("#")[0] for href in found))

    def complaints(self):
        """What the browser itself found wrong: refused by the security policy, broken scripts, missing files."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]

    def sideways(self):
        """How many pixels the page is wider than the window, and by what."""
        return self.run("""
            const wide = document.documentElement.clientWidth, over = document.documentElement.scrollWidth - wide;
            if (over <= 0) return [];
            const inScroller = e => { for (let p = e.parentElement; p; p = p.parentElement)
                if (getComputedStyle(p).overflowX !== 'visible') return true; return false; };
            return [over + ' px'].concat(Array.from(document.body.querySelectorAll('*'))
                .filter(e => e.getBoundingClientRect().right > wide + 1 && !inScroller(e))
                .map(e => e.tagName.toLowerCase() + (e.className.baseVal === undefined ? '.' + e.className : '')).slice(0, 5));
        """)

    def fonts(self, css):
        """The families that the letters of this element are really drawn with."""
        for domain in ("DOM", "CSS"):
            self.cdp(f"{domain}.enable")
        root = self.cdp("DOM.getDocument")["root"]["nodeId"]
        node = self.cdp("DOM.querySelector", nodeId=root, selector=css)["nodeId"]
        return {font["familyName"] for font in self.cdp("CSS.getPlatformFontsForNode", nodeId=node)["fonts"]}

    def shot(self, name, whole=True):
        """A picture of the page in build/shots."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        path = SHOTS / f"{name}.png"
        if whole:
            box = self.cdp("Page.getLayoutMetrics")["cssContentSize"]
            clip = {"x": 0, "y": 0, "width": box["width"], "height": min(box["height"], 6000), "scale": 1}
            data = self.cdp("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)["data"]
        else:
            data = self.cdp("Page.captureScreenshot", format="png")["data"]
        path.write_bytes(base64.b64decode(data))
        return path

    def paper(self, name):
        """The page as it would be printed on A4, in build/shots."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        data = self.cdp("Page.printToPDF", paperWidth=8.27, paperHeight=11.69, preferCSSPageSize=False)["data"]
        path = SHOTS / f"{name}.pdf"
        path.write_bytes(base64.b64decode(data))
        return path
