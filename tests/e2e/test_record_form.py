"""The form of a record in a real browser: kept while typing, saved by part, undone, by keyboard, and without script."""

from __future__ import annotations

import pytest

from .conftest import Open, check_page, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
RECORD = "/desk/sites/KAI-KUH-0003/"


def test_a_part_is_kept_while_typing_saved_by_keyboard_and_undone(open_window: Open) -> None:
    page = open_window(locale="en-GB")
    sign_in(page, "kuhmo")
    page.goto(f"{RECORD}edit/#electricity")
    page.wait_for_load_state("networkidle")
    assert page.locator(".record-group:visible").count() == 1
    before = page.input_value("#id_grid_company")

    page.fill("#id_free_capacity_mw", "paljon")
    page.fill("#id_grid_company", "Kokeiluverkko Oy")
    page.wait_for_selector("#electricity .draft-state:not(:empty)")
    page.wait_for_selector("#id_free_capacity_mw_error:visible")
    assert page.get_attribute("#id_free_capacity_mw", "aria-invalid") == "true"
    check_page(page)

    page.goto(f"{RECORD}edit/")
    page.click("a[href='?continue=1']")
    page.wait_for_load_state("networkidle")
    page.goto(page.url + "#electricity")
    assert page.input_value("#id_grid_company") == "Kokeiluverkko Oy"

    page.fill("#id_free_capacity_mw", "4")
    page.focus("#id_grid_company")
    page.keyboard.press("Control+s")
    page.wait_for_selector("#saved form")
    assert page.locator(".record-group:visible").count() == 1
    check_page(page)
    page.click("#saved button")
    page.wait_for_load_state("networkidle")
    page.goto(f"{RECORD}edit/#electricity")
    assert page.input_value("#id_grid_company") == before


def test_the_arrows_lead_from_part_to_part_and_the_index_follows(open_window: Open) -> None:
    page = open_window()
    sign_in(page, "kuhmo")
    page.goto(f"{RECORD}edit/")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Alt+ArrowDown")
    page.wait_for_selector("#location:visible")
    assert page.get_attribute(".record-nav a[data-group=location]", "aria-current") == "true"
    page.keyboard.press("Alt+ArrowUp")
    page.wait_for_selector("#identity:visible")
    assert page.locator("#location:visible").count() == 0


def test_pasted_coordinates_and_two_parts_without_script(open_window: Open) -> None:
    page = open_window(java_script_enabled=False)
    sign_in(page, "kuhmo")
    page.goto(f"{RECORD}edit/#location")
    page.click("#location summary:has-text('koordinaatit'), #location details:has(#id_paste) > summary")
    page.fill("#id_paste", "64,1234 29,5678")
    # a record whose area and shape disagree has another such button, which mends the area
    page.click("#location details:has(#id_paste) button[formaction$='/place/']")
    page.wait_for_url("**/edit/?continue=1#location")
    assert page.input_value("#id_latitude") == "64.1234"
    page.goto(page.url.replace("#location", "#transport"))
    page.fill("#id_road_name", "Kantatie 76")
    page.click("#transport button[data-saves]")
    page.wait_for_url("**continue=1#transport")
    assert page.input_value("#id_road_name") == "Kantatie 76"
    assert page.input_value("#id_latitude") == "64.1234"
    page.click("form[action$='/discard/'] button")
    page.wait_for_url("**/edit/")
