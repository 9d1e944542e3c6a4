"""Three who read in their own way: with a screen reader, without script, and as a journalist who checks a number."""

from __future__ import annotations

import csv
import io
import re
from itertools import pairwise
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest
from playwright.sync_api import expect

from .conftest import Demonstration, Open, check_page
from .personas import send_enquiry

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PLACES = (
    "",
    "sites/",
    "sites/KAI-KAJ-0006/",
    "finder/?area_must=20",
    "compare/?sites=KAI-KAJ-0002,KAI-KAJ-0006",
    "sectors/tourism/",
    "facts/",
    "value/?place=dublin&load=20",
    "permits/",
    "enquiry/",
)
NAMELESS = re.compile(
    r"^\s*- (?:link|button|textbox|searchbox|combobox|checkbox|radio|slider)(?: \[.*\])?:?$", re.M
)
LANDMARK = re.compile(r"^\s*- '?(banner|main|contentinfo|navigation|search|region)\b(?: \"(.*?)\")?", re.M)
#: what the screen reader is told when an answer has come: how many sites there are
TOLD = re.compile(r"^\d+ sites?\b")


@pytest.mark.parametrize("place", PLACES)
def test_a_screen_reader_finds_its_way_by_landmarks_headings_and_names(open_window: Open, place: str) -> None:
    page = open_window(locale="en-GB")
    page.goto(f"/en/{place}")
    tree = page.locator("body").aria_snapshot()
    assert NAMELESS.findall(tree) == []
    marks = LANDMARK.findall(tree)
    for one in ("banner", "main", "contentinfo"):
        assert [kind for kind, _name in marks].count(one) == 1, one
    names = [name for kind, name in marks if kind in ("navigation", "region")]
    assert "" not in names
    levels = [int(one) for one in re.findall(r"^\s*- \'?heading .*\[level=(\d)\]", tree, re.M)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    jumps = [(a, b) for a, b in pairwise(levels) if b - a > 1]
    assert jumps == []
    # The first stop is the way to the content.
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_a_screen_reader_is_told_what_a_search_found_and_keeps_its_place(open_window: Open) -> None:
    page = open_window(locale="en-GB")
    page.goto("/en/sites/")
    page.wait_for_load_state("networkidle")
    main = page.get_by_role("main")
    told = main.get_by_role("status").filter(has_text=TOLD)
    plots = page.get_by_role("group", name="What are you looking for?").get_by_role("checkbox", name="Plot")
    plots.focus()
    page.keyboard.press("Space")
    heading = page.get_by_role("heading", level=2, name=TOLD)
    expect(told).to_have_count(1)
    first = told.inner_text()
    expect(heading).to_have_text(re.compile(re.escape(first.splitlines()[0][:7])))
    expect(plots).to_be_focused()
    expect(plots).to_be_checked()

    # Words: the focus stays in the field, and another number is told.
    words = page.get_by_role("searchbox", name="Search the sites")
    words.fill("railway")
    words.press("Enter")
    page.wait_for_url(re.compile("q=railway"))
    expect(told).not_to_have_text(first)
    expect(words).to_be_focused()

    # What was chosen can be taken away; whoever did that stands at the number of results.
    chosen = page.get_by_role("list", name="Chosen").get_by_role("link")
    expect(chosen).to_have_count(2)
    chosen.filter(has_text="railway").focus()
    page.keyboard.press("Enter")
    expect(heading).to_be_focused()
    expect(told).to_have_text(first)
    expect(chosen).to_have_count(1)

    # Keeping a site says so, by its name.
    keep = page.get_by_role("button", name=re.compile("^Shortlist")).first
    expect(keep).to_have_accessible_name(re.compile(r"^Shortlist\s*: \w+"))
    keep.press("Enter")
    expect(keep).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("status").filter(has_text="Added to your shortlist")).to_have_count(1)
    expect(keep).to_be_focused()


def test_the_map_has_a_twin_in_words(open_window: Open) -> None:
    page = open_window(locale="en-GB")
    page.goto("/en/sites/?municipality=kuhmo")
    page.wait_for_load_state("networkidle")
    # The points on the map are the records of the list, and each is a link there.
    address = page.locator("[data-points-url]").get_attribute("data-points-url")
    points = page.request.get(str(address)).json()["points"]
    assert points
    listed = (
        page.get_by_role("main").get_by_role("listitem").get_by_role("heading", level=3).all_inner_texts()
    )
    assert len(points) <= len(listed)
    page.get_by_text("Infrastructure in words, with distances").press("Enter")
    twin = page.get_by_role("main")
    for kind in ("Airports", "Railway stations", "Ports"):
        expect(twin.get_by_role("heading", name=kind, exact=True)).to_be_visible()
    assert twin.get_by_role("listitem").filter(has_text=re.compile(r"Airport.*\d km")).count() >= 2
    page.locator("summary", has_text="the same places, infrastructure").press("Enter")
    drawn = page.get_by_role("region", name=re.compile("^Map"))
    expect(drawn).to_be_visible()
    expect(drawn).to_have_accessible_name(re.compile("list has the same places"))


def test_a_screen_reader_is_led_to_what_is_wrong_in_a_form(open_window: Open) -> None:
    page = open_window(locale="en-GB")
    page.goto("/en/enquiry/")
    page.get_by_role("button", name="Send the enquiry").click()
    problem = page.get_by_role("alert")
    expect(problem).to_be_focused()
    expect(page).to_have_title(re.compile("^Error"))
    problem.get_by_role("link", name="Write the e-mail address").press("Enter")
    field = page.get_by_role("textbox", name="E-mail")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("Write the e-mail address"))


def test_a_person_without_script_from_the_front_page_to_an_enquiry(open_window: Open) -> None:
    page = open_window(locale="en-GB", java_script_enabled=False)
    page.goto("/en/")
    page.fill("main [name=q]", "railway")
    page.press("main [name=q]", "Enter")
    page.wait_for_url("**/sites/?q=railway*")
    page.check("main [name=kind][value=plot]")
    page.get_by_role("button", name=re.compile("^Show")).click()
    page.wait_for_url("**kind=plot*")
    row = page.locator("#results [data-code]").first
    code = str(row.get_attribute("data-code"))
    row.get_by_role("link").first.click()
    page.wait_for_url(f"**/{code}/")
    page.get_by_role("link", name="Ask about this site").first.click()
    page.wait_for_url("**/enquiry/?site=*")
    expect(page.get_by_role("main")).to_contain_text(code)
    page.fill("[name=name]", "Bo Noscript")
    page.get_by_role("button", name="Send the enquiry").click()
    expect(page.get_by_role("alert")).to_contain_text("What you wrote is kept")
    assert page.input_value("[name=name]") == "Bo Noscript"
    who = {
        "name": "Bo Noscript",
        "email": "bo@noscript.example",
        "company": "Noscript Ltd",
        "country": "Sweden",
        "message": "A plot beside the railway, without haste.",
    }
    assert send_enquiry(page, who, "Send the enquiry")
    assert page.context.cookies() == []


def test_a_person_without_script_saves_a_search_and_ends_it(
    demonstration: Demonstration, open_window: Open
) -> None:
    page = open_window(locale="en-GB", java_script_enabled=False)
    page.goto("/en/sites/?kind=plot&min_area=1")
    page.get_by_text("Tell me of new ones").click()
    address = f"{token_hex(4)}@noscript.example"  # a letter to it is of this run
    page.fill("#alert_email", address)
    page.get_by_role("button", name="Save the search").click()
    page.wait_for_url("**/alerts/sent/")
    page.goto(_link(demonstration, page, address))
    expect(page.get_by_role("main")).to_contain_text("area at least 1 ha")
    page.get_by_role("button", name="Yes, write to me").click()
    page.wait_for_url("**did=confirmed*")
    page.get_by_role("button", name="Stop and erase").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stopped and erased")
    assert page.context.cookies() == []


def _link(demonstration: Demonstration, page: Any, address: str) -> str:
    """The way to confirm out of the letter, which the worker sends within seconds."""
    for _attempt in range(60):
        folder: Path = demonstration.folder / "mail"
        for letter in folder.glob("*") if folder.exists() else ():
            text = letter.read_text(encoding="utf-8", errors="replace")
            if address in text and (found := re.search(r"https?://\S+(/en/alerts/confirm/\S+)", text)):
                return found[1]
        page.wait_for_timeout(500)
    pytest.fail("no letter came")


def test_a_journalist_checks_a_number(open_window: Open) -> None:
    page = open_window(locale="en-GB")
    page.goto("/en/skills/")
    figure = page.locator("main .fact").first
    shown = figure.inner_text()
    date = page.locator("main .fact + .language-note a").first
    when, code = date.inner_text(), str(date.get_attribute("href")).partition("#")[2]
    date.click()
    page.wait_for_url(f"**/facts/#{code}")
    row = page.locator(f"tr[id='{code}']")
    expect(row).to_be_in_viewport()
    expect(row).to_contain_text(shown)
    expect(row).to_contain_text(when)
    source = row.locator(".source-note a[rel=external]")
    assert str(source.get_attribute("href")).startswith("https://")
    check_page(page)

    # The same number for a spreadsheet and for a program, with source and date.
    files = page.get_by_role("main").get_by_role("link")
    table = _rows(page, files.filter(has_text="CSV").first)
    line = next(one for one in table if one["code"] == code)
    assert line["value"] == shown
    assert line["source"] == source.inner_text()
    answer = page.request.get(str(files.filter(has_text="JSON").first.get_attribute("href"))).json()
    fact = next(one for one in answer["facts"] if one["code"] == code)
    assert str(fact["number"]) == line["number"]
    assert fact["source"]["url"] == source.get_attribute("href")
    assert answer["licence"]


@pytest.mark.parametrize("place", ["skills/", "region/", "municipalities/kajaani/"])
def test_a_journalist_takes_the_figures_behind_a_chart(open_window: Open, place: str) -> None:
    page = open_window(locale="en-GB")
    page.goto(f"/en/{place}")
    chart = page.locator("figure").filter(has=page.locator(".chart-files")).first
    cells = chart.locator("tbody td.num").all_text_contents()
    shown = {re.sub(r"[^\d.]", "", one) for one in cells} - {""}
    rows = _rows(page, chart.get_by_role("link", name="CSV"))
    assert rows
    assert all(one["source"] and one["licence"] for one in rows)
    assert shown <= {re.sub(r"[^\d.]", "", one["as_written"]) for one in rows}
    document = page.request.get(str(chart.get_by_role("link", name="JSON").get_attribute("href"))).json()
    assert len(document["figures"]) == len(rows)


def test_a_journalist_finds_the_open_data_and_the_interface(open_window: Open) -> None:
    page = open_window(locale="en-GB", width=320)
    page.goto("/en/")
    page.get_by_role("contentinfo").get_by_role("link", name="Open data").click()
    page.wait_for_url("**/open-data/")
    for link in page.get_by_role("main").locator("a[href^='/']").all():
        address = str(link.get_attribute("href"))
        assert page.request.get(address).ok, address
    page.get_by_role("main").get_by_role("link", name="REST interface").click()
    page.wait_for_url("**/api/v1/docs")
    check_page(page)
    first = page.request.get("/api/v1/sites?limit=1&lang=en&examples=no").json()["items"][0]
    page.goto(f"/en/sites/{first['code']}/")
    expect(page.get_by_role("heading", level=1)).to_have_text(first["name"]["text"])


def _rows(page: Any, link: Any) -> list[dict[str, str]]:
    """The rows of a table behind a link."""
    answer = page.request.get(str(link.get_attribute("href")))
    assert answer.ok
    return list(csv.DictReader(io.StringIO(answer.text().lstrip("\ufeff"))))
