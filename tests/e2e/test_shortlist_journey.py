"""An investor puts sites together, compares them, sends the list on and saves the search: with script and without."""

from __future__ import annotations

import re

import pytest

from .conftest import Demonstration, Open, check_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_list_is_made_compared_and_shared_with_script(
    demonstration: Demonstration, open_window: Open
) -> None:
    page = open_window()
    page.goto("/en/sites/")
    picks = page.locator("#results button[data-shortlist]")
    for number in range(2):
        picks.nth(number).click()
    assert [picks.nth(number).get_attribute("aria-pressed") for number in range(3)] == [
        "true",
        "true",
        "false",
    ]
    assert page.locator("[data-shortlist-count]").inner_text() == "2"
    page.reload()
    assert picks.nth(0).get_attribute("aria-pressed") == "true"
    page.locator("a.shortlist-link").click()
    page.wait_for_url("**/shortlist/")
    assert page.locator("main .site-row").count() == 2
    page.locator("[data-note] textarea").first.fill("ask about the rail siding")
    check_page(page)
    # From the list to its link: one step, and the link works for somebody without the cookie, without the notes.
    link = page.locator("#share-link").input_value()
    other = open_window(width=320, scheme="dark")
    other.goto(re.sub(r"^https?://[^/]+", "", link))
    assert other.locator("main .site-row").count() == 2
    assert "rail siding" not in other.content()
    check_page(other)
    other.get_by_role("link", name="Compare 2 side by side").click()
    other.wait_for_url("**/compare/?sites=*")
    assert other.locator(".compare-table thead th[scope=col]").count() == 3
    check_page(other)
    page.reload()
    assert page.locator("[data-note] textarea").first.input_value() == "ask about the rail siding"


def test_all_of_it_works_without_script(open_window: Open) -> None:
    page = open_window(java_script_enabled=False)
    page.goto("/en/sites/")
    page.locator("#results button[data-shortlist]").first.click()
    page.wait_for_url("**/shortlist/?did=added*")
    assert page.locator("main .site-row").count() == 1
    page.get_by_role("link", name="Back to where you were").click()
    page.wait_for_url("**/sites/")
    boxes = page.locator("#results input[data-compare]")
    for number in range(3):
        boxes.nth(number).check()
    page.get_by_role("button", name="Compare the ticked sites").click()
    page.wait_for_url("**/compare/?sites=*")
    assert page.locator(".compare-table thead th[scope=col]").count() == 4
    page.locator(".segmented a").last.click()
    page.wait_for_url("**only=differences")
    assert page.locator(".compare-table tr.is-same").count() == 0
    page.goto("/en/shortlist/")
    page.get_by_role("button", name=re.compile("^Remove")).click()
    page.wait_for_url("**/shortlist/?did=removed*")
    assert page.context.cookies() == []


def test_a_search_is_saved_without_script(open_window: Open) -> None:
    page = open_window(java_script_enabled=False)
    page.goto("/en/sites/?kind=plot")
    page.locator(".search-alert summary").click()
    page.fill("#alert_email", "somebody@investor.example")
    page.get_by_role("button", name="Save the search").click()
    page.wait_for_url("**/alerts/sent/")
    assert page.context.cookies() == []
    page.goto("/en/alerts/?kind=plot")
    page.fill("main [name=email]", "nobody")
    page.get_by_role("button", name="Save the search").click()
    assert page.locator("main [name=email]").input_value() == "nobody"
    looked_at = open_window()  # axe needs script itself
    looked_at.goto("/en/alerts/?kind=plot")
    check_page(looked_at)
