"""Sources at the desk: described, tried, kept, read, paused; each municipality its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests.collection.statfin import answer
from tests.common.loopback import Reply, Server, as_json, running_server
from tests.desk.conftest import signed_in
from tests.factories import NOW, make_municipality, make_person
from vetovoima.accounts.enums import Role
from vetovoima.activity.models import OutboxItem
from vetovoima.activity.outbox import work_through
from vetovoima.catalogue.models import Site
from vetovoima.collection.models.sources import ConnectorRun, Snapshot, Source, Statistic
from vetovoima.collection.sources import services
from vetovoima.collection.sources.running import run_source

CSV = "tunnus;nimi;pinta-ala m2\nA1;Kantolan tontti 1;5200\nA2;Kantolan tontti 2;paljon\n"


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    with running_server() as running:
        settings.VETOVOIMA_HTTP_ALLOWED_LOOPBACK = [running.place]
        running.answer = lambda call: Reply(CSV)
        yield running


def described(server: Server, **values: Any) -> dict[str, Any]:
    return {
        "municipality": "kuhmo", "title": "Vapaat tontit", "kind": "csv", "address": f"{server.url}/plots.csv",
        "layer": "", "record_kind": "plot", "licence": "CC BY 4.0", "schedule": "daily", "ending": "draft", **values,
    }  # fmt: skip


def kept(server: Server, town: str = "kuhmo") -> Source:
    values = described(server)
    del values["municipality"]
    return services.add_source(municipality=make_municipality(town), values=values, by=None, now=NOW)


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_a_source_is_tried_then_kept_with_what_its_columns_mean(town: Client, server: Server) -> None:
    tried = town.post("/desk/collection/sources/new/", {**described(server), "try": "yes"})

    assert "2 rows. Nothing was saved yet." in text_of(tried)
    assert "Kantolan tontti 1" in text_of(tried)
    page = tried.content.decode()
    assert '<input type="hidden" name="columns" value="3">' in page
    assert not Source.objects.exists()
    meant = {
        "columns": "3",
        "column_0_header": "tunnus", "column_0_field": "external_key", "column_0_rule": "overwrite",
        "column_1_header": "nimi", "column_1_field": "name@fi", "column_1_rule": "fill",
        "column_2_header": "pinta-ala m2", "column_2_field": "", "column_2_unit": "m2",
    }  # fmt: skip

    saved = town.post("/desk/collection/sources/new/", {**described(server), **meant})

    source = Source.objects.get()
    assert saved.headers["Location"] == f"/desk/collection/sources/{source.pk}/"
    assert (source.municipality.slug, source.owner.display_name) == ("kuhmo", "Olli Officer")
    assert source.columns == [
        {"header": "tunnus", "field": "external_key", "unit": "", "rule": "overwrite"},
        {"header": "nimi", "field": "name@fi", "unit": "", "rule": "fill"},
    ]


def test_a_trial_that_fails_keeps_what_was_written_and_says_why(town: Client, server: Server) -> None:
    server.answer = lambda call: Reply("<!doctype html><html>Sign in</html>")
    tried = town.post("/desk/collection/sources/new/", {**described(server), "try": "yes"})
    assert "answers with a web page, not with data" in text_of(tried)
    assert f'value="{server.url}/plots.csv"' in tried.content.decode()


@pytest.mark.parametrize("button", [{}, {"try": "yes"}])
@pytest.mark.parametrize("address", ["http://192.168.0.1/plots.csv", "ftp://a.example/", "plots.csv"])
def test_an_address_that_can_never_be_read_is_refused_beside_its_field(
    town: Client, server: Server, button: dict[str, str], address: str
) -> None:
    refused = town.post("/desk/collection/sources/new/", {**described(server, address=address), **button})
    assert 'id="id_address_error"' in refused.content.decode()
    assert address in refused.content.decode()
    assert (Source.objects.count(), server.calls) == (0, [])


def test_an_officer_reaches_only_their_own_municipality(town: Client, server: Server) -> None:
    other = kept(server, "paltamo")
    assert "Vapaat tontit" not in text_of(town.get("/desk/collection/sources/"))
    for path in ("", "edit/", "runs/1/"):
        assert town.get(f"/desk/collection/sources/{other.pk}/{path}").status_code == 404
    for path in ("read/", "pause/", "remove/", "decided/"):
        assert town.post(f"/desk/collection/sources/{other.pk}/{path}").status_code == 404
    refused = town.post("/desk/collection/sources/new/", described(server, municipality="paltamo"))
    assert 'id="id_municipality_error"' in refused.content.decode()
    assert Source.objects.count() == 1


def test_a_partner_has_no_sources(db: None, server: Server) -> None:
    kept(server)
    partner = signed_in(make_person(Role.RDI_PARTNER))
    assert partner.get("/desk/collection/sources/").status_code == 403


def test_reading_it_now_is_the_workers_work_and_the_page_tells_how_it_went(
    town: Client, server: Server
) -> None:
    source = kept(server)
    assert "Not read yet" in text_of(town.get("/desk/collection/sources/"))
    town.post(f"/desk/collection/sources/{source.pk}/read/")
    assert OutboxItem.objects.filter(topic=services.HARVEST).count() == 1
    assert Site.objects.count() == 0
    work_through("test")
    assert Site.objects.count() == 1

    page = town.get(f"/desk/collection/sources/{source.pk}/")

    text = text_of(page)
    assert "Read in part" in text
    assert "Rows that could not be taken in" in text
    assert "Kantolan tontti 2" in text
    assert "Read in part" in text_of(town.get("/desk/collection/sources/"))
    run = source.runs.get()
    assert f"/desk/collection/sources/{source.pk}/runs/{run.pk}/" in page.content.decode()
    assert town.get(f"/desk/collection/sources/{source.pk}/runs/{run.pk}/").status_code == 200


def test_a_source_that_is_down_says_so_and_from_when_the_records_are(town: Client, server: Server) -> None:
    source = kept(server)
    run_source(source=source, now=NOW)
    server.answer = lambda call: Reply(status=404)
    run_source(source=source, now=NOW.replace(day=11))
    text = text_of(town.get(f"/desk/collection/sources/{source.pk}/"))
    assert "Could not be read" in text
    assert "has nothing at this address (404)" in text
    assert "The records are those of 10 Mar 2026" in text
    assert "None was withdrawn" in text


def test_a_record_that_is_gone_waits_for_a_decision(town: Client, server: Server) -> None:
    server.answer = lambda call: Reply(CSV.replace("paljon", "6100"))
    source = kept(server)
    run_source(source=source, now=NOW)
    server.answer = lambda call: Reply(CSV.rpartition("A2")[0])
    run_source(source=source, now=NOW.replace(day=11))
    code = Site.objects.get(external_key="A2").code
    assert "1 record is no longer in the source" in text_of(town.get("/desk/collection/sources/"))
    assert f"/desk/sites/{code}/" in town.get(f"/desk/collection/sources/{source.pk}/").content.decode()
    town.post(f"/desk/collection/sources/{source.pk}/decided/", {"code": code})
    assert code not in town.get(f"/desk/collection/sources/{source.pk}/").content.decode()
    assert Site.objects.count() == 2


def test_pausing_and_removing(town: Client, server: Server) -> None:
    source = kept(server)
    town.post(f"/desk/collection/sources/{source.pk}/pause/", {"active": "no"})
    source.refresh_from_db()
    assert source.is_active is False
    assert "Paused" in text_of(town.get("/desk/collection/sources/"))
    town.post(f"/desk/collection/sources/{source.pk}/pause/", {"active": "yes"})
    source.refresh_from_db()
    assert source.is_active is True
    assert town.get(f"/desk/collection/sources/{source.pk}/remove/").status_code == 405
    town.post(f"/desk/collection/sources/{source.pk}/remove/")
    assert not Source.objects.exists()


def test_two_people_at_once_lose_nothing(town: Client, server: Server) -> None:
    source = kept(server)
    first = {**described(server, title="Tontit"), "revision": "1"}
    assert town.post(f"/desk/collection/sources/{source.pk}/edit/", first).status_code == 302
    late = town.post(f"/desk/collection/sources/{source.pk}/edit/", {**first, "title": "Typed by the second"})
    assert "Somebody else changed this source" in text_of(late)
    assert 'value="Typed by the second"' in late.content.decode()
    source.refresh_from_db()
    assert source.title == "Tontit"


def test_editing_keeps_the_columns_that_were_confirmed(town: Client, server: Server) -> None:
    source = kept(server)
    Source.objects.filter(pk=source.pk).update(
        columns=[{"header": "nimi", "field": "name@fi", "unit": "", "rule": "keep"}]
    )
    page = town.get(f"/desk/collection/sources/{source.pk}/edit/").content.decode()
    assert 'name="column_0_header" value="nimi"' in page
    assert '<option value="name@fi" selected>' in page
    assert '<option value="keep" selected>' in page
    tried = town.post(
        f"/desk/collection/sources/{source.pk}/edit/", {**described(server), "revision": "1", "try": "yes"}
    )
    assert '<option value="keep" selected>' in tried.content.decode()


def test_the_state_of_the_registers_is_for_everybody_and_only_the_council_reads_them(
    town: Client, council: Client
) -> None:
    Statistic.objects.create(
        code="population", indicator="population", table="StatFin/vaerak/11ra.px", content="vaerak-vaesto", areas=["MK18"]
    )  # fmt: skip
    ConnectorRun.objects.create(
        connector="pxweb", subject="population", state="changed", started_at=NOW, ended_at=NOW,
        problem={"code": "table_gone", "details": {"table": "StatFin/vaerak/11ra.px", "status": 404}},
    )  # fmt: skip
    Snapshot.objects.create(
        connector="pxweb", subject="population", content_hash="x", fetched_at=NOW, confirmed_at=NOW, source={"vintage": "2026-01-01"}
    )  # fmt: skip
    text = text_of(town.get("/desk/collection/sources/"))
    assert "There is no table StatFin/vaerak/11ra.px any more (404)" in text
    assert "2026-01-01" in text
    assert "Read them today" not in text
    assert town.post("/desk/collection/sources/registers/read/").status_code == 403
    assert "Read them today" in text_of(council.get("/desk/collection/sources/"))
    council.post("/desk/collection/sources/registers/read/")
    assert OutboxItem.objects.filter(topic="collection.statistic").count() == 1


def test_what_a_source_says_is_text_and_never_markup(town: Client, server: Server) -> None:
    server.answer = lambda call: Reply("tunnus;<script>alert(1)</script>\nA1;<img src=x onerror=alert(1)>\n")
    page = town.post("/desk/collection/sources/new/", {**described(server), "try": "yes"}).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_a_company_is_looked_up_and_the_last_word_of_the_register_stays(
    town: Client, server: Server, settings: Any
) -> None:
    settings.VETOVOIMA_COMPANY_REGISTER_URL = server.url
    register_says = as_json(answer("MADE-company.json"))
    server.answer = lambda call: register_says
    refused = town.post("/desk/collection/sources/company/", {"business_id": "1234567-2"})
    assert "its last digit does not fit the others" in text_of(refused)
    assert server.calls == []
    found = text_of(town.post("/desk/collection/sources/company/", {"business_id": "FI12345671"}))
    for word in ("Esimerkkisaha Oy", "Limited company", "Sawmilling of wood", "16101", "Kuhmo", "Active"):
        assert word in found
    server.answer = lambda call: Reply(status=503)
    again = text_of(town.post("/desk/collection/sources/company/", {"business_id": "1234567-1"}))
    assert "come back in 60 seconds" in again
    assert "Esimerkkisaha Oy" in again
