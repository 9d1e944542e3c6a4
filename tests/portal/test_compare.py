"""Up to six records side by side: what differs is said in words, and what is not known is not passed off as none."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.factories import NOW, make_person
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.catalogue import services
from vetovoima.common.fields import Translated
from vetovoima.syndication.comparing import Mark, compare
from vetovoima.syndication.queries import published_site

pytestmark = pytest.mark.django_db
PAGE = "/en/compare/"


def bodies(*sites):
    return [published_site(site.code, "en").body for site in sites]


def rows_of(comparison):
    return {row.field: row for part in comparison.parts for row in part.rows}


def table_row(text: str, label: str) -> list[str]:
    """The words of a row's cells, its head first."""
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", text, re.DOTALL):
        cells = [
            " ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).split())
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        if cells and cells[0].startswith(label):
            return cells
    raise AssertionError(f"no row {label}")


def test_a_row_says_whether_its_cells_agree():
    one = make_site(state="published", area_m2=20_000, price_eur_m2=5)
    other = make_site(state="published", area_m2=30_000, price_eur_m2=5)
    third = make_site(state="published", area_m2=20_000, absent={"price_eur_m2": "not_studied"})

    assert rows_of(compare(bodies(one, other)))["area_m2"].mark == Mark.DIFFERS
    assert rows_of(compare(bodies(one, other)))["price_eur_m2"].mark == Mark.SAME
    assert rows_of(compare(bodies(one, third)))["price_eur_m2"].mark == Mark.PARTLY


def test_that_there_is_none_is_a_statement_and_that_nobody_knows_is_not(client):
    some = make_site(state="published", price_eur_m2=5)
    none = make_site(state="published", absent={"price_eur_m2": "none"})
    unstudied = make_site(state="published", absent={"price_eur_m2": "not_studied"})
    unknown = make_site(state="published", absent={"price_eur_m2": "unknown"})

    marks = {
        name: rows_of(compare(bodies(some, other)))["price_eur_m2"].mark
        for name, other in (("none", none), ("unstudied", unstudied), ("unknown", unknown))
    }

    assert marks == {"none": Mark.DIFFERS, "unstudied": Mark.PARTLY, "unknown": Mark.PARTLY}
    codes = ",".join(one.code for one in (some, none, unstudied, unknown))
    row = table_row(client.get(f"{PAGE}?sites={codes}").content.decode(), "Price")
    assert row[2:] == ["there is none", "not studied", "not known"]
    assert "differs" in row[0]


def test_only_differences_leaves_out_what_is_the_same(client):
    one = make_site(state="published", area_m2=20_000, price_eur_m2=5)
    other = make_site(state="published", area_m2=30_000, price_eur_m2=5)
    every, only = compare(bodies(one, other)), compare(bodies(one, other), only_differences=True)

    assert "price_eur_m2" in rows_of(every)
    assert "price_eur_m2" not in rows_of(only)
    assert len(rows_of(only)) == only.different == every.different < every.total
    text = client.get(f"{PAGE}?sites={one.code},{other.code}&only=differences").content.decode()
    assert f"?sites={one.code}&amp;only=differences" in text


def test_each_record_can_be_taken_out_and_all_be_asked_about(client):
    one, other = make_site(state="published"), make_site(state="published")

    text = client.get(f"{PAGE}?sites={one.code},{other.code}").content.decode()

    assert f'href="?sites={other.code}"' in text
    assert f"/en/enquiry/?sites={one.code},{other.code}" in text
    assert 'tabindex="0" role="region" aria-labelledby="compare-caption"' in text


def test_ticked_boxes_become_one_address(client):
    answer = client.get(f"{PAGE}?sites=TUU-1&sites=TUU-2")

    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}?sites=TUU-1,TUU-2")


def test_six_stand_side_by_side_and_the_rest_is_named(client, django_assert_max_num_queries):
    codes = [make_site(state="published").code for _time in range(8)]

    with django_assert_max_num_queries(25):
        text = client.get(f"{PAGE}?sites={','.join(codes)}").content.decode()

    assert text.count('<th scope="col"><a') == 6
    assert "2 were left out" in text


def test_kinds_that_have_other_facts_say_so(client):
    plot = make_site(state="published", area_m2=20_000)
    hall = make_site(kind="premises", state="published", floor_area_m2=500, name=Translated(en="Hall"))

    row = table_row(client.get(f"{PAGE}?sites={plot.code},{hall.code}").content.decode(), "Floor area")

    assert row[1:] == ["not asked of this kind", "500 m²"]


def test_without_sites_it_says_what_to_do(client):
    assert "No sites are chosen yet" in client.get(PAGE).content.decode()


def test_a_withdrawn_record_is_named_below(client):
    one, gone = make_site(state="published"), make_site(state="published")
    services.withdraw_site(site=gone, by=make_person(Role.COORDINATOR), now=NOW)

    text = client.get(f"{PAGE}?sites={one.code},{gone.code}").content.decode()

    assert "No longer offered" in text
    assert text.count('<th scope="col"><a') == 1
