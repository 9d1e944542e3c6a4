"""Every template that people open first: at 320 and 1280 px, light and dark; axe finds nothing, nothing overflows.

The pictures are kept in var/screenshots/ to be looked at.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import PROJECT, Demonstration, Open, check_page, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PICTURES = PROJECT / "var" / "screenshots"
PAGES = {
    "home": "/en/",
    "search": "/fi/sites/",
    "site": "/en/sites/KAI-KAJ-0002/",
    "site-example": "/fi/sites/KAI-KUH-0003/",
    "municipality": "/sv/municipalities/kuhmo/",
    "sector": "/en/sectors/technology/",
    "region": "/en/region/",
    "progress": "/en/progress/",
    "enquiry": "/en/enquiry/",
    "news": "/sv/news/",
    "site-data-centre": "/en/sites/KAI-KAJ-0006/",
    "opportunity": "/sv/opportunities/KAI-KAJ-0009/",
    "facts": "/fi/facts/",
    "permits": "/en/permits/",
    "standard": "/schema/?lang=fi",
    "validator": "/schema/validate?lang=sv",
    "not-found": "/en/not-here/",
    "sign-in": "/accounts/login/",
}
DESK = {"desk": "/desk/", "desk-sites": "/desk/sites/", "desk-edit": "/desk/sites/KAI-KUH-0003/edit/",
        "desk-enquiries": "/desk/enquiries/", "desk-progress": "/desk/progress/", "desk-model": "/desk/model/",
        "desk-people": "/desk/people/", "desk-me": "/desk/me/", "desk-collection": "/desk/collection/",
        "desk-rounds": "/desk/collection/rounds/", "desk-imports": "/desk/collection/imports/",
        "desk-sources": "/desk/collection/sources/", "desk-facts": "/desk/facts/",
        "desk-history": "/desk/sites/KAI-KUH-0003/history/"}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def pictures() -> Path:
    PICTURES.mkdir(parents=True, exist_ok=True)
    return PICTURES


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_portal(open_window: Open, width: int, scheme: str) -> None:
    page = open_window(width=width, scheme=scheme)
    for name, address in PAGES.items():
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=PICTURES / f"{name}-{width}-{scheme}.png", full_page=True)
        check_page(page)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_desk(open_window: Open, width: int, scheme: str) -> None:
    page = open_window(width=width, scheme=scheme)
    sign_in(page, "coordinator")
    for name, address in DESK.items():
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=PICTURES / f"{name}-{width}-{scheme}.png", full_page=True)
        check_page(page)


def test_search_site_and_enquiry_work_without_script(demonstration: Demonstration, open_window: Open) -> None:
    page = open_window(java_script_enabled=False)
    page.goto("/en/")
    page.fill("main [name=q]", "sawmill")
    page.press("main [name=q]", "Enter")
    page.wait_for_url("**/sites/?**")
    page.goto("/en/sites/")
    page.check("main [name=municipality][value=kuhmo]", force=True)
    page.locator("main form button:visible").last.click()
    page.wait_for_load_state()
    assert "municipality=kuhmo" in page.url
    link = page.locator("main a[href*='/sites/KAI-KUH-']").first
    link.click()
    page.wait_for_load_state()
    page.locator("main a[href*='/enquiry/']").first.click()
    page.wait_for_load_state()
    assert page.locator("main form [name=message]").count() == 1


def test_the_list_and_the_map_show_the_same_and_move_together(open_window: Open) -> None:
    page = open_window()
    page.goto("/en/sites/?municipality=kuhmo")
    page.locator("vv-map").scroll_into_view_if_needed()
    page.locator("vv-map canvas").first.wait_for()
    total = page.locator("main [data-code]").count()
    assert total > 0
