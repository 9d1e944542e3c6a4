"""Three who come to invest, each from the front page to a reference number: industry, tourism, Finnish capital."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from .conftest import Open, check_page
from .personas import send_enquiry

pytestmark = [pytest.mark.browser, pytest.mark.slow]
#: words of the English interface that no Finnish label has
ENGLISH = re.compile(
    r"\b(the|and|of|with|not|all|search|send|show|site|sites|source|value|where|what|your?)\b", re.I
)
LABELS = "h1, h2, button, label, legend, summary, th[scope=col], dt, nav a"


def narrow(page: Any, group: str, name: str, figure: str) -> None:
    """This will write a figure into a filter and wait until the list has answered in place."""
    if not page.locator(f"#f-{name}").is_visible():
        page.locator(f"#facet-{group} > summary").click()
    page.fill(f"#f-{name}", figure)
    page.press(f"#f-{name}", "Tab")
    page.wait_for_url(re.compile(rf"[?&]{name}="))
    expect(page.locator("#results[aria-busy]")).to_have_count(0)


def test_an_investor_who_needs_20_ha_and_60_mw_near_a_railway(open_window: Open) -> None:
    page = open_window(locale="en-GB")
    page.goto("/en/")
    # As people write it: in a sentence.
    page.fill("main [name=q]", "a plot by the railway")
    page.press("main [name=q]", "Enter")
    page.wait_for_url("**/en/sites/?q=*")
    assert page.locator("#results [data-code]").count() >= 1, "small words make a search find nothing"
    page.goto("/en/sites/")
    page.wait_for_load_state("networkidle")
    narrow(page, "size", "min_area", "20 ha")
    narrow(page, "supply", "min_power", "60 MW")
    narrow(page, "ways", "rail_km", "20")

    # Nothing has all of it. What was asked goes along into the enquiry, and each way on leads to records.
    expect(page.get_by_role("heading", name="Nothing fits")).to_be_visible()
    asked = page.locator("#results").get_by_role("link", name="Tell us what you need").get_attribute("href")
    other = open_window(locale="en-GB")
    other.goto(asked)
    message = other.input_value("textarea[name=message]")
    for part in ("area at least 20 ha", "at least 60 MW of electric power", "railway within 20 km"):
        assert part in message
    page.locator(".relax li", has_text="Without at least 60 MW").get_by_role("link").click()
    rows = page.locator("#results [data-code]")
    expect(rows.nth(1)).to_be_visible()

    # The map has what the list has, and the list says it in words.
    page.locator("#map-view > summary").click()
    page.locator("vv-map canvas").first.wait_for()
    page.locator("#around > summary").click()
    expect(page.locator("#around").get_by_role("heading", name="Railway stations")).to_be_visible()
    check_page(page)
    codes = [rows.nth(number).get_attribute("data-code") for number in range(2)]
    for number in range(2):
        rows.nth(number).locator("input[data-compare]").check()
    page.get_by_role("button", name="Compare the ticked sites").click()
    page.wait_for_url("**/compare/?sites=*")
    table = page.locator(".compare-table")
    for code in codes:
        assert table.locator("thead").get_by_text(str(code)).count() == 1
    page.locator(".segmented").get_by_role("link", name="that differ").click()
    page.wait_for_url("**only=differences")
    assert table.locator("tr.is-differs").count() >= 1
    check_page(page)

    _through_the_finder(page)


def _through_the_finder(page: Any) -> None:
    page.locator("summary.main-part", has_text="Sites").click()
    page.locator(".main-panel").get_by_role("link", name="Site finder").click()
    page.wait_for_url("**/finder/")
    page.fill("#area_must", "20")
    page.fill("#power_must", "60")
    page.select_option("#rail_weight", "5")
    page.get_by_role("button", name="Put the sites in order").click()
    near = page.locator("section[aria-labelledby=near-title] li")
    expect(near.first).to_contain_text("asked for")
    code = near.first.locator("input[name=site]").get_attribute("value")
    near.first.locator("input[name=site]").check()
    page.get_by_role("button", name="Send this requirement").click()
    page.wait_for_url("**/enquiry/?requirement=*")
    message = page.input_value("textarea[name=message]")
    for part in ("Area at least 20 ha", "at least 60 MW", "Distance to the railway: 5", str(code)):
        assert part in message
    ada = {"name": "Ada Asker", "email": "ada@asker.example", "company": "Asker Ltd", "country": "Sweden"}
    number = send_enquiry(page, ada, "Send the enquiry")
    expect(page.get_by_role("heading", level=1)).to_have_text("We have your enquiry")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="To your calendar").click()
    assert waiting.value.suggested_filename == f"{number}.ics"
    check_page(page)


def test_a_tourism_developer(open_window: Open) -> None:
    page = open_window(locale="en-GB")
    page.goto("/en/")
    page.locator("main").get_by_role("link", name="Tourism", exact=True).click()
    page.wait_for_url("**/sectors/tourism/")
    # Figures have their date and lead to their source; what is unknown is said.
    assert page.locator("main a[href*='/facts/#']").count() >= 3
    expect(page.get_by_text("Not known", exact=True).first).to_be_visible()
    expect(page.get_by_role("heading", name="Building for tourism")).to_be_visible()
    rows = page.locator("main .site-list [data-code]")
    assert rows.count() >= 3
    check_page(page)
    page.locator("main").get_by_role("link", name="Sotkamo", exact=True).first.click()
    page.wait_for_url("**/municipalities/sotkamo/")
    assert page.locator("main .site-list [data-code]").count() >= 1
    page.go_back()
    name = rows.first.get_by_role("heading").inner_text()
    rows.first.get_by_role("link").first.click()
    page.wait_for_url(re.compile(r"/en/(sites|opportunities)/[A-Z]"))
    assert page.get_by_role("heading", level=1).inner_text() in name
    assert page.locator("[aria-labelledby=facts-title] .source-note, .unknown").count() >= 1
    page.go_back()
    page.get_by_role("link", name="Ask about this sector").click()
    page.wait_for_url("**/enquiry/?sector=tourism*")
    assert page.locator("select[name=sector]").input_value() == "tourism"
    who = {
        "name": "Tove Traveller",
        "email": "tove@resort.example",
        "company": "Resort Ltd",
        "country": "Norway",
        "message": "A lakeside hotel of a hundred rooms.",
    }
    assert send_enquiry(page, who, "Send the enquiry")


def test_a_finnish_capital_investor(open_window: Open) -> None:
    page = open_window(locale="fi-FI")
    page.goto("/")
    assert page.url.endswith("/fi/"), "the browser asks for Finnish"
    page.locator("summary.main-part", has_text="Palvelut").click()
    page.locator(".main-panel").get_by_role("link", name="Sijoittajat ja rahoitus").click()
    page.wait_for_url("**/fi/finance/")
    all_finnish(page)
    page.locator("main").get_by_role("link", name="Sijoituskohteet").click()
    page.wait_for_url("**/fi/sites/?kind=opportunity*")
    assert page.locator("#results [data-code]").count() >= 1
    all_finnish(page)
    page.locator("#results [data-code]").first.get_by_role("link").first.click()
    page.wait_for_url("**/fi/opportunities/*/")
    facts = page.locator("[aria-labelledby=facts-title]")
    assert re.search(r"\d\s?milj\. €", facts.inner_text()), "money as Finnish writes it"
    assert re.search(r"\d+\.\d+\.\d{4}", page.inner_text("main")), "days as Finnish writes them"
    all_finnish(page)
    check_page(page)
    page.goto("/fi/progress/")
    all_finnish(page)
    page.go_back()
    page.get_by_role("link", name="Kysy tästä kohteesta").first.click()
    page.wait_for_url("**/fi/enquiry/?site=*")
    page.get_by_role("button", name="Lähetä yhteydenotto").click()
    problem = page.get_by_role("alert")
    expect(problem).to_be_focused()
    all_finnish(page)
    who = {
        "name": "Pia Pääoma",
        "email": "pia@paaoma.example",
        "company": "Pääoma Oy",
        "country": "Suomi",
        "message": "Etsimme hankkeita, joihin voi sijoittaa kahdesta viiteen miljoonaa euroa.",
    }
    send_enquiry(page, who, "Lähetä yhteydenotto")
    expect(page.get_by_role("heading", level=1)).to_have_text("Yhteydenotto on vastaanotettu")
    all_finnish(page)


def all_finnish(page: Any) -> None:
    """This will fail when a label of the page is in English, unless it says so itself."""
    assert page.locator("html").get_attribute("lang") == "fi"
    labels = page.locator(LABELS).and_(page.locator(":not([lang])")).all_inner_texts()
    english = [label for label in labels if ENGLISH.search(label)]
    assert english == [], page.url
