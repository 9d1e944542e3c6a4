"""Craft in a real browser: nothing jumps, the menu works by keyboard and without script, every record is near."""

from __future__ import annotations

import re
from typing import Any

import pytest

from .conftest import Open, check_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGES = (
    "/en/",
    "/fi/municipalities/kuhmo/",
    "/sv/sectors/technology/",
    "/en/sites/KAI-KAJ-0002/",
    "/en/region/",
    "/fi/facts/",
)
#: what a page may move while it loads
MOST_SHIFT = 0.05
SHIFTS = """window.shifts = 0; new PerformanceObserver(list => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifts += one.value;
}).observe({type: 'layout-shift', buffered: true})"""
SITE = re.compile(r"/en/(?:sites|opportunities)/(KAI-[A-Z]{3}-\d{4})/")


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_nothing_jumps_while_a_page_loads(open_window: Open, width: int) -> None:
    page = open_window(width=width)
    page.add_init_script(SHIFTS)
    for address in PAGES:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.shifts") < MOST_SHIFT, f"{address} at {width}"


def test_the_menu_opens_by_keyboard_and_closes_on_escape(open_window: Open) -> None:
    page = open_window()
    page.goto("/en/")
    part = page.locator("summary.main-part", has_text="Municipalities")
    part.focus()
    page.keyboard.press("Enter")
    link = page.locator(".main-panel a", has_text="Kuhmo")
    link.wait_for(state="visible")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    link.wait_for(state="hidden")
    assert part.evaluate("element => element === document.activeElement")
    page.keyboard.press("Enter")
    check_page(page)
    link.click()
    page.wait_for_url("**/municipalities/kuhmo/")


@pytest.mark.parametrize("width", [320, 1280])
def test_the_menu_leads_on_without_script(open_window: Open, width: int) -> None:
    page = open_window(width=width, java_script_enabled=False)
    page.goto("/sv/")
    page.locator("summary.main-part", has_text="Kommuner").click()
    page.locator(".main-panel a", has_text="Kuhmo").click()
    page.wait_for_url("**/sv/municipalities/kuhmo/")


def _linked(request: Any, address: str) -> tuple[set[str], set[str]]:
    """The codes of the records that a page leads to, and all addresses of the portal that it leads to."""
    html = request.get(address).text()
    links = {link.replace("&amp;", "&").partition("#")[0] for link in re.findall(r'href="(/en/[^"]*)"', html)}
    return {found[1] for link in links if (found := SITE.fullmatch(link))}, links


def test_every_record_is_three_clicks_from_the_home_page(open_window: Open) -> None:
    page = open_window()
    feed = page.request.get("/feeds/sites.json?lang=en&limit=500").json()
    wanted = {one["code"] for one in feed["items"]}
    assert wanted
    near, links = _linked(page.request, "/en/")
    for link in sorted(
        one
        for one in links
        if re.match(r"/en/(municipalities|sectors|sites|opportunities)/", one) and not SITE.fullmatch(one)
    ):
        codes, further = _linked(page.request, link)
        near |= codes
        for step in sorted(one for one in further if one.startswith("/en/sites/?")):
            if wanted <= near:
                return
            near |= _linked(page.request, step)[0]
    assert wanted - near == set()


def test_high_contrast_and_print_keep_what_matters(open_window: Open) -> None:
    page = open_window(forced_colors="active", reduced_motion="reduce")
    page.goto("/en/municipalities/kuhmo/")
    check_page(page, colours=False)
    assert page.locator("h1").is_visible()
    page.emulate_media(media="print", forced_colors="none")
    assert not page.locator(".main-nav").is_visible()
    assert not page.locator(".artwork").first.is_visible()
    assert page.locator("h1").is_visible()


@pytest.mark.parametrize("address", [one for one in PAGES if one != "/fi/facts/"])  # it names a Polish source
def test_no_content_page_asks_for_letters_that_it_does_not_need(open_window: Open, address: str) -> None:
    page = open_window()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "latin-ext" in url] == []
    assert all(url.startswith(page.url.split("/en/")[0].split("/fi/")[0].split("/sv/")[0]) for url in asked)
