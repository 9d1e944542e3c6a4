"""The search as its people use it: an investor who knows what is needed, a keyboard alone, no script, a drawn area."""

from __future__ import annotations

import re
from typing import Any

import pytest

from .conftest import Open, check_page, until

pytestmark = [pytest.mark.browser, pytest.mark.slow]
#: what the search page may weigh before its map is opened, as it comes over the wire
MOST_BYTES, MOST_SCRIPT = 150_000, 30_000


def refreshed(page: Any, part: str) -> None:
    """This will wait until the address has a part and the list is no longer being fetched."""
    until(page, "part => location.search.includes(part)", arg=part)
    until(page, "!document.querySelector('#results').hasAttribute('aria-busy')")


def chosen(page: Any) -> list[str]:
    """What is chosen, in the words that can be taken away."""
    return [re.sub(r"^Remove:\s*", "", word).strip() for word in page.locator(".chip").all_inner_texts()]


def unfold(page: Any, name: str) -> None:
    page.locator(f"#facet-{name}").evaluate("box => { box.open = true; }")


def test_an_investor_looks_for_20_ha_and_60_mw_near_a_railway(open_window: Open) -> None:
    page = open_window()
    page.goto("/en/sites/")
    page.wait_for_load_state("networkidle")
    page.evaluate("window.sameDocument = true")
    everything = page.locator("[data-results-count]").inner_text()

    unfold(page, "size")
    page.fill("#f-min_area", "20 ha")
    page.press("#f-min_area", "Enter")
    refreshed(page, "min_area=20")
    assert page.evaluate("document.activeElement.id") == "f-min_area", "the focus was lost"
    assert page.input_value("#f-min_area") == "20 ha"
    told = page.locator("[data-results-told]").inner_text()
    assert told == page.locator("[data-results-count]").inner_text()
    assert told != everything

    unfold(page, "supply")
    page.fill("#f-min_power", "60")
    page.press("#f-min_power", "Enter")
    refreshed(page, "min_power=60")
    unfold(page, "ways")
    page.fill("#f-rail_km", "20 km")
    page.press("#f-rail_km", "Enter")
    refreshed(page, "rail_km=20")
    assert page.evaluate("window.sameDocument") is True, "the page was loaded anew"
    assert chosen(page) == [
        "area at least 20 ha", "at least 60 MW of electric power", "railway within 20 km",
    ]  # fmt: skip
    check_page(page)

    # Nothing, or something: either way there is a way on, and it leads to records.
    if not page.locator("#results [data-code]").count():
        page.locator(".relax a").first.click()
        page.locator("#results [data-code]").first.wait_for()
    else:
        page.locator(".chip", has_text="60 MW").click()
        until(page, "!location.search.includes('min_power')")
    page.go_back()
    refreshed(page, "rail_km=20")
    until(page, "document.querySelectorAll('.chip').length === 3")
    page.locator(".chip", has_text="railway").click()
    until(page, "!location.search.includes('rail_km')")
    assert page.locator("#f-rail_km").input_value() == ""


@pytest.mark.parametrize(
    ("language", "typed", "read"),
    [
        ("en", "20 ha 60 MW railway", ["area at least 20 ha", "at least 60 MW of electric power", "railway within 5 km"]),
        ("fi", "20 ha 60 MW rata", None), ("sv", "20 ha 60 MW järnväg", None),
    ],
)  # fmt: skip
def test_figures_typed_as_words_become_filters(
    open_window: Open, language: str, typed: str, read: list[str] | None
) -> None:
    page = open_window(width=320)
    page.goto(f"/{language}/sites/")
    page.wait_for_load_state("networkidle")
    page.evaluate("window.sameDocument = true")
    page.fill("#q", typed)
    page.press("#q", "Enter")
    refreshed(page, "min_area=20")
    assert page.evaluate("window.sameDocument") is True
    assert "q=" not in page.url.partition("?")[2].replace("read=", "")
    assert page.input_value("#q") == "", "what was understood stands beside the field, not in it"
    assert page.evaluate("document.activeElement.id") == "q"
    assert len(chosen(page)) == 3
    if read:
        assert chosen(page) == read
    assert typed in page.locator("[data-results-told]").inner_text()
    assert page.input_value("#f-min_power") == "60"
    check_page(page)
    page.locator(".reading a").click()
    refreshed(page, "words=only")
    assert page.input_value("#q") == typed
    page.go_back()
    refreshed(page, "min_area=20")
    assert page.input_value("#q") == ""


def test_the_head_finds_pages_too_without_script(open_window: Open) -> None:
    page = open_window(width=1280, java_script_enabled=False)
    page.goto("/en/facts/")
    page.fill("#head-q", "taxes")
    page.press("#head-q", "Enter")
    page.wait_for_url("**/en/sites/?q=taxes")
    rows = page.locator("#pages li")
    assert 1 <= rows.count() <= 5
    assert rows.first.get_by_role("link").inner_text() == "Taxes and aid"
    # axe needs script: the same page once more, with it
    scripted = open_window(width=1280)
    scripted.goto(page.url)
    check_page(scripted)
    page.locator("#pages p a").last.click()
    page.wait_for_url("**/en/search/?q=taxes")
    assert page.locator(".page-hits li").count() >= rows.count()
    scripted.goto(page.url)
    check_page(scripted)
    page.goto("/en/")
    page.fill("#home-q", "20 ha 60 MW railway")
    page.press("#home-q", "Enter")
    page.wait_for_url("**min_area=20&min_power=60&rail_km=5**")
    assert len(chosen(page)) == 3


def test_a_half_typed_address_outlives_a_search_in_place(open_window: Open) -> None:
    page = open_window(locale="en-GB")
    page.goto("/en/sites/")
    page.wait_for_load_state("networkidle")
    page.locator(".search-alert summary").click()
    page.fill("#alert_email", "somebody@invest")
    page.locator("input[data-compare]").first.check()
    compared = page.locator("input[data-compare]").first.get_attribute("value")
    page.evaluate("document.querySelector('input[name=availability]:not(:disabled)').click()")
    refreshed(page, "availability=")
    assert page.input_value("#alert_email") == "somebody@invest"
    assert page.locator("input[form=alert-form][name=search]").input_value().startswith("availability=")
    again = page.locator(f"input[data-compare][value='{compared}']")
    assert not again.count() or again.is_checked(), "a tick was lost"
    page.focus("#alert_email")
    page.go_back()
    until(page, "!location.search.includes('availability')")
    until(page, "!document.querySelector('#results').hasAttribute('aria-busy')")
    assert page.evaluate("document.activeElement.id") == "alert_email"


def test_figures_that_cannot_be_read_are_told_and_kept(open_window: Open) -> None:
    page = open_window()
    page.goto("/en/sites/")
    page.wait_for_load_state("networkidle")
    unfold(page, "size")
    page.fill("#f-min_area", "plenty")
    page.press("#f-min_area", "Enter")
    page.locator("#e-min_area").wait_for()
    assert page.input_value("#f-min_area") == "plenty"
    assert page.locator("#results [data-code]").count() > 0
    check_page(page)


def test_a_keyboard_alone_is_enough(open_window: Open) -> None:
    page = open_window()
    page.goto("/fi/sites/")
    page.wait_for_load_state("networkidle")
    page.focus("#q")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "kind"
    page.keyboard.press("Space")
    refreshed(page, "kind=plot")
    assert page.evaluate("[document.activeElement.name, document.activeElement.checked]") == ["kind", True]
    # An area without a pointer: its corners are typed.
    page.focus("#facet-place > summary")
    page.keyboard.press("Enter")
    page.focus("#f-area")
    page.keyboard.type("26.5,63.6 30.2,63.6 30.2,65.4 26.5,65.4")
    page.keyboard.press("Enter")
    refreshed(page, "area=")
    assert page.evaluate("document.activeElement.id") == "f-area"
    first = page.locator("#results [data-code] a").first
    first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/fi/sites/[A-Z]"))


def test_everything_is_asked_without_script(open_window: Open) -> None:
    page = open_window(java_script_enabled=False)
    page.goto("/en/sites/")
    page.check("main [name=kind][value=plot]")
    unfold_by_click(page, "size")
    page.fill("#f-min_area", "1 ha")
    unfold_by_click(page, "place")
    page.select_option("#f-near", "kajaani")
    page.fill("#f-radius", "150")
    page.click(".facets button[type=submit]")
    page.wait_for_load_state()
    assert "radius=150" in page.url
    assert set(chosen(page)) == {"near Kajaani", "at most 150 km from there", "area at least 1 ha", "Plot"}
    page.select_option("#sort", "distance")
    page.click(".searchbar button")
    page.wait_for_load_state()
    assert "sort=distance" in page.url
    assert re.search(r"\d km", page.locator("#results .where").first.inner_text())
    page.locator("#around > summary").click()
    assert "Distances are counted from Kajaani" in page.inner_text("#around")
    with page.expect_download() as waiting:
        page.click(".export a >> nth=0")
    assert waiting.value.suggested_filename.endswith(".xlsx")
    page.locator("#map-view > summary").click()
    assert "The map needs script" in page.inner_text("#map-view")
    page.locator(".chip", has_text="near Kajaani").click()
    page.wait_for_load_state()
    assert "near=" not in page.url
    assert "radius=" not in page.url


def unfold_by_click(page: Any, name: str) -> None:
    page.locator(f"#facet-{name} > summary").click()


def test_the_map_opens_when_asked_and_an_area_is_drawn_on_it(open_window: Open) -> None:
    page = open_window(width=1280)
    page.goto("/en/sites/")
    page.wait_for_load_state("networkidle")
    assert page.locator("vv-map canvas").count() == 0
    page.click("#map-view > summary")
    page.locator("vv-map canvas").first.wait_for()
    page.wait_for_load_state("networkidle")
    assert "view=map" in page.url
    page.check("[data-layer=port]")
    check_page(page)

    # The list lights the map, and the map's own tools narrow the list.
    page.hover("#results [data-code] >> nth=0")
    before = page.locator("[data-results-count]").inner_text()
    page.click("[data-draw]")
    assert "Escape stops" in page.inner_text("[data-draw-status]")
    box = page.locator("vv-map .ol-viewport").bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    corners = [(-90, -60), (90, -60), (90, 60), (-90, 60), (-90, -60)]
    for x, y in corners:
        page.mouse.move(middle[0] + x, middle[1] + y)
        page.mouse.click(middle[0] + x, middle[1] + y)
        page.wait_for_timeout(350)
    refreshed(page, "area=")
    assert re.fullmatch(r"(\d+\.\d{4},\d+\.\d{4} ?){4}", page.input_value("#f-area"))
    assert page.locator(".chip", has_text="inside the drawn area").count() == 1
    page.go_back()
    until(page, "!location.search.includes('area=')")
    until(page, "text => document.querySelector('[data-results-count]').textContent.trim().startsWith(text)", arg=before[:2])  # fmt: skip


def test_moving_the_map_asks_for_what_is_in_view(open_window: Open) -> None:
    page = open_window(width=1280)
    page.goto("/en/sites/?view=map")
    page.locator("vv-map canvas").first.wait_for()
    page.locator("[data-search-here]").check()
    page.locator("vv-map .map").focus()
    page.keyboard.press("+")
    refreshed(page, "bbox=")
    assert page.locator(".chip", has_text="in the map's area").count() == 1


def test_on_a_small_screen_the_filters_are_a_sheet(open_window: Open) -> None:
    page = open_window(width=320, scheme="dark")
    page.goto("/fi/sites/")
    page.wait_for_load_state("networkidle")
    assert not page.locator("#filters").is_visible()
    page.click("[data-sheet]")
    assert page.locator("#filters").get_attribute("aria-modal") == "true"
    check_page(page)
    page.locator("#filters [name=municipality]").first.check()
    refreshed(page, "municipality=")
    assert page.locator("#filters").is_visible(), "the sheet closes only when asked"
    page.keyboard.press("Escape")
    assert not page.locator("#filters").is_visible()
    assert page.evaluate("document.activeElement.dataset.sheet") == "filters"
    assert page.locator(".chip").count() == 1


def test_the_page_is_light_until_its_map_is_opened(open_window: Open) -> None:
    page = open_window(width=1280)
    network = page.context.new_cdp_session(page)
    sizes: dict[str, float] = {}
    kinds: dict[str, str] = {}
    network.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    network.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )
    network.send("Network.enable")
    page.goto("/en/sites/")
    page.wait_for_load_state("networkidle")
    script = sum(size for one, size in sizes.items() if kinds.get(one) == "Script")
    assert script <= MOST_SCRIPT, f"{script} bytes of script"
    assert sum(sizes.values()) <= MOST_BYTES, {kinds.get(one): size for one, size in sizes.items()}
