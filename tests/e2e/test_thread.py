"""The whole thread, as its people do it: a plot changes everywhere; an investor asks and is answered."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.request import urlopen

import pytest

from .conftest import Demonstration, Open, check_page, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NEW_AREA = "654321"
#: the new area as a person may meet it: square metres or hectares, in any language
SEEN = re.compile(r"654[\s  ,.]?321|65[.,]43|65[.,]4\b")


def feed(demonstration: Demonstration) -> list[dict[str, Any]]:
    with urlopen(f"{demonstration.address}/feeds/sites.json?lang=fi&municipality=kuhmo&limit=500") as answer:
        return json.load(answer)["items"]  # type: ignore[no-any-return]


def a_plot_of_kuhmo(demonstration: Demonstration) -> str:
    return next(
        item["code"] for item in feed(demonstration) if item["kind"]["value"] == "plot" and item["is_example"]
    )


def submit(town: Any, code: str) -> None:
    """The municipality sends a record to review, and says that it knows what is missing."""
    town.click(f"form[action='/desk/sites/{code}/submit/'] button")
    town.wait_for_load_state()
    check_page(town)
    if town.locator("[name=without]").count():
        town.check("[name=without]")
        town.click(f"form[action='/desk/sites/{code}/submit/'] button")
        town.wait_for_load_state()


def test_a_plot_changes_everywhere_without_another_action(
    demonstration: Demonstration, open_window: Open
) -> None:
    code = a_plot_of_kuhmo(demonstration)
    visitor, town, council, elsewhere = (open_window() for _ in range(4))
    visitor.goto(f"/fi/sites/{code}/")
    check_page(visitor)
    assert not SEEN.search(visitor.inner_text("main"))

    # The business officer of Kuhmo.
    sign_in(town, "kuhmo")
    check_page(town)
    town.goto(f"/desk/sites/{code}/edit/#size")
    check_page(town)
    town.fill("[name=area_m2]", NEW_AREA)
    town.click(".record-groups .save-bar button")
    town.wait_for_url(re.compile(rf"/desk/sites/{code}/(\?|$)"))
    check_page(town)
    visitor.reload()
    assert not SEEN.search(visitor.inner_text("main")), "an unpublished change is public"
    submit(town, code)

    # The coordinator returns it once, then publishes.
    sign_in(council, "coordinator")
    check_page(council)
    assert code in council.inner_text("main"), "the review does not wait on my day"
    council.goto(f"/desk/sites/{code}/review/")
    check_page(council)
    assert SEEN.search(council.inner_text("main"))
    council.fill("[name=comment]", "Tarkista pinta-ala.")
    council.click(f"form[action='/desk/sites/{code}/return/'] button")
    council.wait_for_load_state()
    town.goto("/desk/")
    assert code in town.inner_text("main")
    town.goto(f"/desk/sites/{code}/")
    assert "Tarkista pinta-ala." in town.inner_text("main")
    submit(town, code)
    council.goto(f"/desk/sites/{code}/review/")
    council.click(f"form[action='/desk/sites/{code}/publish/'] button")
    council.wait_for_load_state()

    # Everywhere, without another action.
    item = next(item for item in feed(demonstration) if item["code"] == code)
    assert next(fact["value"] for fact in item["key_facts"] if fact["field"] == "area_m2") == int(NEW_AREA)
    for language in ("fi", "en", "sv"):
        visitor.goto(f"/{language}/sites/{code}/")
        assert SEEN.search(visitor.inner_text("main")), language
    visitor.goto("/en/sites/?municipality=kuhmo")
    assert SEEN.search(visitor.inner_text("main"))
    elsewhere.goto(demonstration.municipality + "/?lang=fi")
    component = elsewhere.locator("vetovoima-sites")
    component.get_by_text(SEEN).first.wait_for()
    elsewhere.frame_locator("iframe").get_by_text(SEEN).first.wait_for()
    fragment = elsewhere.locator("section.vetovoima-sites")
    assert SEEN.search(fragment.inner_text())


def test_an_investor_asks_and_is_answered_with_the_clock_running(
    demonstration: Demonstration, open_window: Open
) -> None:
    investor, council, town, board = (open_window() for _ in range(4))
    secret = "An electrolyser of forty megawatts, confidential word zeppelin."
    investor.goto("/en/enquiry/")
    check_page(investor)
    assert investor.locator("form input:visible, form select:visible, form textarea:visible").count() <= 12
    investor.fill("[name=name]", "Ada Asker")
    investor.fill("[name=email]", "ada@asker.example")
    investor.fill("[name=company]", "Asker Ltd")
    country = investor.locator("[name=country]")
    if country.evaluate("field => field.tagName") == "SELECT":
        country.select_option(index=2)
    else:
        country.fill("Germany")
    investor.fill("[name=message]", secret)
    investor.wait_for_timeout(3500)  # people type; what comes at once is held as possible spam
    investor.click("main form button[type=submit], main form button:not([type])")
    investor.wait_for_url("**/received/**")
    check_page(investor)
    reference = re.search(r"KAI-\d{4}-\d{4}", investor.inner_text("main"))
    assert reference, "no reference number"
    number = reference.group()

    sign_in(council, "coordinator")
    assert number in council.inner_text("main"), "the enquiry does not wait on my day"
    council.goto(f"/desk/enquiries/{number}/")
    check_page(council)
    assert "zeppelin" in council.inner_text("main")
    _step(council, "screen", {})
    _step(council, "assign", {"owner": 1, "deputy": 2})
    _share_with_kuhmo(council)
    _step(council, "answer", {"text": "Two sites fit; proposals by Friday."})
    assert re.search(r"\d", council.locator(".desk-head").inner_text())
    check_page(council)

    sign_in(town, "kuhmo")
    town.goto(f"/desk/enquiries/{number}/")
    assert "zeppelin" in town.inner_text("main")
    check_page(town)
    sign_in(board, "board")
    check_page(board)
    response = board.goto(f"/desk/enquiries/{number}/")
    assert response.status == 403
    board.goto("/desk/progress/")
    check_page(board)
    mails = "".join(
        path.read_text(encoding="utf-8", errors="replace") for path in _mails(demonstration, number, council)
    )
    assert number in mails
    assert "zeppelin" not in mails


def _mails(demonstration: Demonstration, number: str, page: Any) -> list[Any]:
    """The worker sends within seconds."""
    for _attempt in range(40):
        found = (
            list((demonstration.folder / "mail").glob("*"))
            if (demonstration.folder / "mail").exists()
            else []
        )
        if any(number in path.read_text(encoding="utf-8", errors="replace") for path in found):
            return found
        page.wait_for_timeout(500)
    raise AssertionError("the acknowledgement was not sent")


def _form(page: Any, verb: str) -> Any:
    form = page.locator(f"form[action$='/{verb}/']").first
    form.evaluate("form => { const box = form.closest('details'); if (box) box.open = true; }")
    return form


def _step(page: Any, verb: str, fields: dict[str, Any]) -> None:
    form = _form(page, verb)
    for name, value in fields.items():
        field = form.locator(f"[name={name}]")
        if isinstance(value, int):
            field.select_option(index=value)
        else:
            field.fill(value)
    form.locator("button").last.click()
    page.wait_for_load_state()


def _share_with_kuhmo(page: Any) -> None:
    form = _form(page, "share")
    form.locator("[name=level][value=parties]").check()
    form.get_by_label("Kuhmo", exact=False).first.check()
    form.locator("button").last.click()
    page.wait_for_load_state()
