"""The offer on another website, in a real browser: every way and mode, strict rules, no cookies, nothing jumps."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from .conftest import Demonstration, Open, check_page, sign_in, until
from .test_thread import a_plot_of_kuhmo, submit

pytestmark = [pytest.mark.browser, pytest.mark.slow]
AREA = "543210"
#: that area as a person may meet it: square metres or hectares, in any language
SEEN = re.compile(r"543[\s\u00a0\u202f,.]?210|54[.,]3")
SHIFTS = """
  window.shift = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) window.shift += one.value; })
    .observe({type: 'layout-shift', buffered: true});
"""
HEARD = """
  window.heard = [];
  for (const name of ['ready', 'select', 'search', 'error'])
    document.addEventListener(`vetovoima-${name}`, event => {
      window.heard.push([name, event.detail]);
      if (name === 'select') event.preventDefault();
    });
"""


@dataclass
class Website:
    """A website of its own that shows whatever a test puts there; nobody has allowed it."""

    address: str
    content: str = ""

    def show(self, page: Any, body: str, script: str = "") -> None:
        """This will open a page of that content."""
        self.content = f"<!doctype html><html lang=en><title>Host</title><script>{script}</script><body>{body}</body></html>"
        page.goto(self.address + "/")


@pytest.fixture
def website() -> Iterator[Website]:
    # a page that the test makes up in the browser itself would have no address in the network, and could reach nothing here
    site = Website("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(site.content.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield site
    server.shutdown()
    server.server_close()


def tags(demonstration: Demonstration, attributes: str, room: int = 480) -> str:
    return (
        f'<script src="{demonstration.address}/embed.js" async></script>'
        f'<vetovoima-sites municipality="kuhmo" lang="en" {attributes} style="display:block;min-height:{room}px">'
        '<a href="/elsewhere">Sites</a></vetovoima-sites><p id="below">Below</p>'
    )


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_a_strict_website_shows_all_three_ways_and_stores_nothing(
    demonstration: Demonstration, open_window: Open, width: int, scheme: str
) -> None:
    page = open_window(width=width, scheme=scheme)
    told: list[dict[str, Any]] = []
    page.on(
        "request", lambda one: told.append(one.post_data_json) if one.url.endswith("/embed/shown/") else None
    )
    page.goto(f"{demonstration.municipality}/?lang=en")
    page.locator("vetovoima-sites li a").first.wait_for()
    frame = page.frame_locator("iframe")
    frame.locator("li a").first.wait_for()
    marks = {
        page.locator("vetovoima-sites").get_attribute("data-vetovoima-version"),
        page.locator("section.vetovoima-sites").get_attribute("data-vetovoima-version"),
        frame.locator("html").get_attribute("data-vetovoima-version"),
    }
    assert len(marks) == 1
    assert page.locator("vetovoima-sites .example").first.inner_text() == "example"
    page.wait_for_load_state("networkidle")
    assert {(one["way"], one["page"], one["version"]) for one in told} == {
        (way, f"{demonstration.municipality}/", *marks) for way in ("component", "frame", "fragment")
    }
    # the frame has grown to what it shows
    until(page, "() => document.querySelector('iframe').clientHeight > 600")
    check_page(page)
    assert page.context.cookies() == []
    for inside in page.frames:
        assert inside.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.parametrize("width", [320, 1280])
def test_every_mode_of_the_component(demonstration: Demonstration, open_window: Open, width: int) -> None:
    page = open_window(width=width)
    page.goto(f"{demonstration.municipality}/modes?lang=en")
    page.locator("vetovoima-sites[mode=figures] dd").first.wait_for()
    page.locator("vetovoima-sites[mode=map] circle").first.wait_for()
    search = page.locator("vetovoima-sites[mode=search]")
    search.locator("li").first.wait_for()
    assert (
        page.locator("vetovoima-sites[mode=map] li").count()
        == page.locator("vetovoima-sites[mode=list] li").count()
    )
    # by keyboard alone
    search.locator("input").focus()
    page.keyboard.type("no such thing anywhere")
    page.keyboard.press("Enter")
    search.get_by_text("Nothing is published at the moment.").wait_for()
    assert search.locator("[role=status]").inner_text() == "0 sites"
    assert search.evaluate("one => one.shadowRoot.activeElement.tagName") == "INPUT"
    check_page(page)


def test_the_lines_that_are_copied_do_not_move_the_page(
    demonstration: Demonstration, open_window: Open, website: Website
) -> None:
    page = open_window()
    website.show(page, tags(demonstration, 'height="480"'), SHIFTS)
    page.locator("vetovoima-sites li a").first.wait_for()
    page.wait_for_timeout(500)
    assert page.evaluate("window.shift") == 0
    assert page.locator("vetovoima-sites").evaluate("one => one.offsetHeight") == 480


def test_the_page_around_hears_what_happens(
    demonstration: Demonstration, open_window: Open, website: Website
) -> None:
    page = open_window()
    website.show(page, tags(demonstration, 'mode="search" theme="dark"'), HEARD)
    page.locator("vetovoima-sites li a").first.wait_for()
    ready = page.evaluate("window.heard[0]")
    assert (ready[0], ready[1]["mode"], ready[1]["total"] > 0) == ("ready", "search", True)
    page.locator("vetovoima-sites li a").first.click()
    assert page.evaluate("window.heard.at(-1)[0]") == "select"
    assert page.url == website.address + "/", "the page said that it shows the record itself"
    page.locator("vetovoima-sites input").fill("Kuhmo")
    page.locator("vetovoima-sites button").click()
    until(page, "() => window.heard.some(one => one[0] === 'search' && one[1].words === 'Kuhmo')")
    page.locator("vetovoima-sites").evaluate("one => { one.setAttribute('kind', 'castle'); }")
    until(page, "() => window.heard.at(-1)[0] === 'error'")
    page.get_by_text("The sites could not be fetched.").wait_for()


def test_the_frame_is_refused_until_the_municipality_allows_the_website(
    browser: Any, demonstration: Demonstration, open_window: Open, website: Website
) -> None:
    frame = f'<iframe src="{demonstration.address}/embed/kuhmo/?lang=en"></iframe>'
    context = browser.new_context()
    page = context.new_page()
    refusals: list[str] = []
    page.on("console", lambda one: refusals.append(one.text) if "frame-ancestors" in one.text else None)
    website.show(page, frame + tags(demonstration, ""))
    # what is public anyway needs no permission
    page.locator("vetovoima-sites li a").first.wait_for()
    page.wait_for_timeout(500)
    assert refusals, "the browser did not refuse the frame"
    assert page.frames[1].locator("li").count() == 0

    town = open_window()
    sign_in(town, "kuhmo")
    town.goto("/desk/embeds/origins/")
    town.fill("[name=origin]", website.address)
    town.locator("main form:has([name=origin]:visible) button").first.click()
    town.get_by_text(website.address).first.wait_for()
    page.goto(website.address + "/")
    page.frame_locator("iframe").locator("li a").first.wait_for()
    context.close()


def test_a_forged_height_is_not_believed(
    demonstration: Demonstration, open_window: Open, website: Website
) -> None:
    town, page = open_window(), open_window()
    sign_in(town, "kuhmo")
    town.goto("/desk/embeds/origins/")
    town.fill("[name=origin]", website.address)
    town.locator("main form:has([name=origin]:visible) button").first.click()
    town.get_by_text(website.address).first.wait_for()
    forging = "<script>setInterval(() => parent.postMessage({type: 'vetovoima:height', height: 4321}, '*'), 50)</script>"
    ours = f"{demonstration.address}/embed/kuhmo/?lang=en&mode=figures"
    body = (
        f'<script src="{demonstration.address}/embed.js" async></script>'
        f'<iframe id="ours" src="{ours}" width="600" height="300"></iframe>'
        f'<iframe id="fixed" data-fixed src="{ours}" width="600" height="300"></iframe>'
        f'<iframe id="forger" srcdoc="{forging}" width="600" height="300"></iframe>'
    )
    website.show(page, body)
    until(page, "() => document.getElementById('ours').style.height !== ''")
    # neither what another frame says, nor what the page itself says, nor what is no height
    for said in (
        "{type: 'vetovoima:height', height: 4321}",
        "{type: 'vetovoima:height', height: -1}",
        "null",
        "'x'",
    ):
        page.evaluate(f"window.postMessage({said}, '*')")
    page.wait_for_timeout(300)
    heights = page.evaluate("[...document.querySelectorAll('iframe')].map(one => one.style.height)")
    assert heights[1:] == ["", ""]
    assert 50 < int(heights[0].removesuffix("px")) < 2000


def test_without_script_frame_and_fragment_show_all_and_the_component_a_link(
    demonstration: Demonstration, open_window: Open, website: Website
) -> None:
    page = open_window(java_script_enabled=False)
    page.goto(f"{demonstration.municipality}/?lang=en")
    assert page.locator("section.vetovoima-sites li a").count() > 0
    assert page.frame_locator("iframe").locator("li a").count() > 0
    page = open_window(java_script_enabled=False)
    website.show(page, tags(demonstration, ""))
    assert page.get_by_role("link", name="Sites").is_visible()


def test_a_publication_is_on_the_municipal_page_within_seconds_in_every_way(
    demonstration: Demonstration, open_window: Open
) -> None:
    code = a_plot_of_kuhmo(demonstration)
    elsewhere, council = open_window(), open_window()
    page_address = f"{demonstration.municipality}/?lang=fi"
    elsewhere.goto(page_address)
    elsewhere.frame_locator("iframe").locator(f"[data-code={code}]").wait_for()
    assert not SEEN.search(elsewhere.frame_locator("iframe").locator("body").inner_text())

    sign_in(council, "coordinator")
    council.goto(f"/desk/sites/{code}/edit/#size")
    council.fill("[name=area_m2]", AREA)
    council.click(".record-groups .save-bar button")
    council.wait_for_url(re.compile(rf"/desk/sites/{code}/(\?|$)"))
    submit(council, code)
    council.goto(f"/desk/sites/{code}/review/")
    council.click(f"form[action='/desk/sites/{code}/publish/'] button")
    council.wait_for_load_state()

    # The same reader comes back while their browser still has what it showed a moment ago.
    elsewhere.goto(page_address)
    elsewhere.locator("vetovoima-sites").get_by_text(SEEN).first.wait_for(timeout=5000)
    elsewhere.frame_locator("iframe").get_by_text(SEEN).first.wait_for(timeout=5000)
    assert SEEN.search(elsewhere.locator("section.vetovoima-sites").inner_text())


@pytest.mark.parametrize("width", [320, 1280])
def test_the_builder_at_the_desk_shows_what_will_be_seen(open_window: Open, width: int) -> None:
    page = open_window(width=width)
    sign_in(page, "kuhmo")
    page.goto("/desk/embeds/")
    check_page(page)
    page.locator("[name=way][value=frame]").check()
    page.locator("#made iframe").wait_for()
    page.frame_locator("#made iframe").locator("li a").first.wait_for()
    page.locator("[data-copies]").wait_for()
    check_page(page, other_scheme="dark")
    page.locator("[name=way][value=component]").check()
    page.locator("#made vetovoima-sites li a").first.wait_for()
    assert "<vetovoima-sites" in page.input_value("#made textarea")
    page.goto("/desk/embeds/origins/")
    check_page(page, other_scheme="dark")
    page.goto("/embed/kuhmo/?lang=fi&mode=map")
    check_page(page, other_scheme="dark")
