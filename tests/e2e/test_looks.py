"""Every template that people open first: at 320 and 1280 px, light and dark; axe finds nothing, nothing overflows.

The pictures are kept in var/screenshots/ to be looked at.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import PROJECT, Demonstration, Open, check_page, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PICTURES = PROJECT / "var" / "screenshots"
#: every template of the public side, by the address below its language; addresses without a language come after
PAGES = {
    "home": "",
    "search": "sites/",
    "search-nothing": "sites/?q=nothing-like-this&min_area=9000",
    "search-error": "sites/?min_area=much",
    "search-read": "sites/?min_area=20&min_power=60&rail_km=5&read=20+ha+60+MW+railway+under+5+kV",
    "search-with-pages": "sites/?q=kajaani",
    "search-pages": "search/?q=kajaani",
    "site": "sites/KAI-KAJ-0002/",
    "site-example": "sites/KAI-KUH-0003/",
    "site-data-centre": "sites/KAI-KAJ-0006/",
    "opportunities": "opportunities/",
    "opportunity": "opportunities/KAI-KAJ-0009/",
    "region": "region/",
    "sectors": "sectors/",
    "sector": "sectors/technology/",
    "municipalities": "municipalities/",
    "municipality": "municipalities/kuhmo/",
    "facts": "facts/",
    "permits": "permits/",
    "expertise": "expertise/",
    "references": "references/",
    "progress": "progress/",
    "neighbours": "neighbours/",
    "services": "services/",
    "news": "news/",
    "news-item": "news/otanmaki-2026/",
    "finder": "finder/",
    "finder-results": "finder/?min_area=20",
    "value": "value/",
    "shortlist": "shortlist/?sites=KAI-KAJ-0002,KAI-KAJ-0006",
    "shortlist-empty": "shortlist/",
    "compare": "compare/?sites=KAI-KAJ-0002,KAI-KAJ-0006",
    "alerts": "alerts/",
    "enquiry": "enquiry/",
    "call": "enquiry/call/",
    "not-found": "not-here/",
}
OTHERS = {
    "standard": "/schema/?lang=fi",
    "validator": "/schema/validate?lang=sv",
    "sign-in": "/accounts/login/",
    "features": "/ogc/?lang=fi",
    "features-api": "/ogc/api?f=html",
    "feature-collections": "/ogc/collections?f=html&lang=sv",
    "feature-collection": "/ogc/collections/sites?f=html&lang=fi",
    "feature-items": "/ogc/collections/sites/items?f=html&lang=fi",
    "feature": "/ogc/collections/sites/items/KAI-KUH-0003?f=html&lang=sv",
    "api": "/api/v1/docs",
    "embed-list": "/embed/kuhmo/?lang=fi",
    "embed-map": "/embed/?lang=sv&mode=map",
    "embed-search": "/embed/kuhmo/?lang=en&mode=search",
    "embed-record": "/embed/kuhmo/?lang=fi&mode=record&code=KAI-KUH-0003",
    "embed-figures": "/embed/?lang=fi&mode=figures",
}
#: public addresses that are no pages to look at: files, parts of a page, answers to a form or a link in a mail
NO_PAGES = {
    "portal-page", "portal-points", "portal-places", "portal-neighbours-points", "portal-alert-sent", "portal-chart",
}  # fmt: skip
DESK = {"desk": "/desk/", "desk-sites": "/desk/sites/", "desk-edit": "/desk/sites/KAI-KUH-0003/edit/",
        "desk-enquiries": "/desk/enquiries/", "desk-progress": "/desk/progress/", "desk-model": "/desk/model/",
        "desk-people": "/desk/people/", "desk-me": "/desk/me/", "desk-collection": "/desk/collection/",
        "desk-rounds": "/desk/collection/rounds/", "desk-imports": "/desk/collection/imports/",
        "desk-sources": "/desk/collection/sources/", "desk-facts": "/desk/facts/",
        "desk-history": "/desk/sites/KAI-KUH-0003/history/", "desk-visits": "/desk/visits/",
        "desk-audit": "/desk/audit/", "desk-audit-item": "/desk/audit/W05/", "desk-webhooks": "/desk/webhooks/",
        "desk-neighbours": "/desk/neighbours/", "desk-neighbour-new": "/desk/neighbours/new/",
        "desk-channels": "/desk/channels/", "desk-channel-new": "/desk/channels/new/",
        "desk-webhook-new": "/desk/webhooks/new/", "desk-embeds": "/desk/embeds/?way=frame&place=kuhmo&mode=map&language=fi",
        "desk-embed-origins": "/desk/embeds/origins/",
        "desk-partners": "/desk/partners/", "desk-partner": "/desk/partners/example-fair/",
        "desk-partner-edit": "/desk/partners/example-fair/edit/", "desk-deliveries": "/desk/partners/deliveries/",
        "desk-delivery-new": "/desk/partners/deliveries/new/?channel=example-fair&municipality=-"}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def pictures() -> Path:
    PICTURES.mkdir(parents=True, exist_ok=True)
    return PICTURES


@pytest.mark.parametrize("language", ["fi", "en", "sv"])
def test_every_public_template_on_a_small_screen_in_light_and_dark(open_window: Open, language: str) -> None:
    page = open_window(width=320, scheme="light")
    wrong = []
    # the others name their language themselves
    others = OTHERS.items() if language == "fi" else ()
    for name, address in [*((name, f"/{language}/{path}") for name, path in PAGES.items()), *others]:
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.goto(address)
        try:
            check_page(page, other_scheme="dark")
        except AssertionError as error:
            wrong.append(str(error))
        if language == "en":
            page.screenshot(path=PICTURES / f"{name}-320-dark.png", full_page=True)
    assert wrong == [], "\n".join(wrong)


def test_the_portal_on_a_large_screen(open_window: Open) -> None:
    page = open_window(width=1280, scheme="light")
    for name, address in [*((name, f"/en/{path}") for name, path in PAGES.items()), *OTHERS.items()]:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=PICTURES / f"{name}-1280-light.png", full_page=True)
        check_page(page, other_scheme="dark")


def test_every_public_address_is_looked_at() -> None:
    from django.urls import NoReverseMatch, reverse
    from django.utils.translation import override

    from tests.permissions.addresses import patterns

    missing, looked_at = [], {f"/en/{path.partition('?')[0]}" for path in PAGES.values()}
    for name, _pattern in patterns():
        if not name.startswith("portal-") or name in NO_PAGES:
            continue
        with override("en"):
            try:
                address = reverse(name)
            except NoReverseMatch:
                continue
        if address.startswith("/en/") and address.endswith("/") and address not in looked_at:
            missing.append(name)
    assert missing == [], "add the page to PAGES, or to NO_PAGES when nobody looks at it"


@pytest.mark.parametrize(("width", "scheme", "other"), [(320, "dark", "light"), (1280, "light", "dark")])
def test_the_desk(open_window: Open, width: int, scheme: str, other: str) -> None:
    page = open_window(width=width, scheme=scheme)
    sign_in(page, "coordinator")
    for name, address in DESK.items():
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=PICTURES / f"{name}-{width}-{scheme}.png", full_page=True)
        check_page(page, other_scheme=other)


def test_search_site_and_enquiry_work_without_script(demonstration: Demonstration, open_window: Open) -> None:
    page = open_window(java_script_enabled=False)
    page.goto("/en/")
    page.fill("main [name=q]", "sawmill")
    page.press("main [name=q]", "Enter")
    page.wait_for_url("**/sites/?**")
    page.goto("/en/sites/")
    page.check("main [name=municipality][value=kuhmo]", force=True)
    page.click(".facets button[type=submit]")
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
    page.goto("/en/sites/?municipality=kuhmo&view=map")
    page.locator("vv-map").scroll_into_view_if_needed()
    page.locator("vv-map canvas").first.wait_for()
    total = page.locator("main [data-code]").count()
    assert total > 0


def test_four_clicks_from_home_to_an_enquiry_and_its_draft_outlives_a_detour(open_window: Open) -> None:
    page = open_window()
    page.goto("/en/")
    page.locator("a[href*='/enquiry/']:visible").first.click()
    page.fill("[name=name]", "Ada Asker")
    page.fill("[name=message]", "Twenty hectares and 60 MW near a railway.")
    page.get_by_text("Kept in this tab").wait_for()
    page.goto("/en/permits/")
    page.goto("/en/enquiry/?search=sawmill")
    assert page.input_value("[name=name]") == "Ada Asker"
    assert page.input_value("[name=message]").split("\n") == [
        "I searched for: sawmill", "", "Twenty hectares and 60 MW near a railway.",
    ]  # fmt: skip
    assert page.evaluate("localStorage.getItem('vetovoima-draft-enquiry')") is None
    page.fill("[name=email]", "ada@asker.example")
    page.fill("[name=company]", "Asker Ltd")
    page.fill("[name=country]", "Sweden")
    page.wait_for_timeout(3000)  # whoever fills a form faster is taken for a program
    page.get_by_role("button", name="Send the enquiry").click()
    page.get_by_role("heading", name="We have your enquiry").wait_for()
    assert page.evaluate("sessionStorage.getItem('vetovoima-draft-enquiry')") is None


def test_the_source_goes_along_in_the_address_and_nothing_is_stored(open_window: Open) -> None:
    reader = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    page = open_window(user_agent=reader)
    page.goto("/en/permits/?utm_source=unknown", referer="https://duckduckgo.com/")
    page.wait_for_load_state("networkidle")
    assert page.url.endswith("/en/permits/")
    with page.expect_request("**/en/enquiry/?via=search"):
        page.locator("main a[href$='/enquiry/']").first.click()
    page.wait_for_load_state("networkidle")
    assert page.url.endswith("/en/enquiry/")
    assert page.evaluate("document.cookie + sessionStorage.length + localStorage.length") == "00"
