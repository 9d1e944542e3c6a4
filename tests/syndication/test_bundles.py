"""The archives: what is in them, that they can be used from a folder, and that nothing that was withdrawn stays in one."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import PurePosixPath
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import NOW, make_municipality, make_person, make_region
from tests.factories.sites import make_site
from tests.media import papers
from vetovoima.accounts.enums import Role
from vetovoima.activity.models import OutboxItem
from vetovoima.activity.outbox import work_through
from vetovoima.catalogue import services as catalogue
from vetovoima.catalogue.models import Site
from vetovoima.common.fields import Translated
from vetovoima.syndication.bundles import services, tasks
from vetovoima.syndication.bundles.queries import bundle, bundle_names
from vetovoima.syndication.models import Bundle
from vetovoima.syndication.services import touch_public

pytestmark = pytest.mark.django_db
Archive = dict[str, bytes]


def publish(slug: str = "kuhmo", **values: Any) -> Site:
    make_region()
    given = {
        "name": Translated(fi="Tontti <b>", en="Plot <b>"), "description": Translated(en="First.\n\nSecond & last."), "area_m2": 1234,
        "internal_note": "sealed-word", "sources": {"size": {"title": "The survey", "dated": "2026-01"}}, **values,
    }  # fmt: skip
    site = catalogue.create_site(
        municipality=make_municipality(slug), kind="plot", by=None, now=NOW, values=given
    )
    return catalogue.publish_site(site=site, by=None, now=NOW)


def make(name: str) -> Bundle:
    made = services.make_bundle(name, now=timezone.now())
    assert made is not None
    return made


def unpacked(client: Client, name: str) -> Archive:
    response = client.get(f"/export/{name}.zip")
    assert response.status_code == 200, response.content
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {one: archive.read(one) for one in archive.namelist()}


class Links(HTMLParser):
    """Every address of a page, and whether anything in it runs."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.runs = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.runs |= tag == "script" or any(name.startswith("on") for name, _value in attrs)
        self.found += [value for name, value in attrs if name in ("href", "src") and value]


def test_everything_is_in_the_archive_in_every_form_and_language(client: Client) -> None:
    site, other = publish(), publish("sotkamo")
    make("all")
    found = unpacked(client, "all")
    for language in ("fi", "en", "sv"):
        rows = list(csv.DictReader(io.StringIO(found[f"{language}/records.csv"].decode("utf-8-sig"))))
        assert [one["code"] for one in rows] == sorted([site.code, other.code])
        assert rows[0]["area_m2_source"] == "The survey"
        features = json.loads(found[f"{language}/records.geojson"])
        assert [one["id"] for one in features["features"]] == sorted([site.code, other.code])
        assert features["licence"] == "CC BY 4.0"
        document = json.loads(found[f"{language}/documents/{site.code}.json"])
        assert (document["language"], document["url"]) == (
            language,
            f"http://127.0.0.1:8000/{language}/sites/{site.code}/",
        )
        sheet = openpyxl.load_workbook(io.BytesIO(found[f"{language}/records.xlsx"]), read_only=True)[
            "records"
        ]
        assert [row[0] for row in sheet.iter_rows(values_only=True)] == [
            "code",
            *sorted([site.code, other.code]),
        ]
    manifest = json.loads(found["manifest.json"])
    assert [(one["code"], one["version"]) for one in manifest["records"]] == [
        (code, 1) for code in sorted([site.code, other.code])
    ]


def test_the_archive_says_its_licence_its_day_and_its_sums(client: Client) -> None:
    publish()
    make("all")
    found = unpacked(client, "all")
    said = found["README.txt"].decode()
    assert "https://creativecommons.org/licenses/by/4.0/" in said
    assert f"{timezone.localtime():%Y-%m-%d}" in said
    sums = dict(reversed(line.split("  ", 1)) for line in found.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in found.items()}


def test_nothing_sealed_and_no_draft_is_in_any_archive(client: Client) -> None:
    site = publish()
    draft = make_site("kuhmo", name=Translated(fi="Luonnos"))
    catalogue.edit_site(
        site=site, values={"summary": Translated(en="Not yet published")}, by=None, now=NOW, revision=None
    )
    for name in ("all", "kuhmo"):
        make(name)
        for file, content in unpacked(client, name).items():
            for word in (b"sealed-word", draft.code.encode(), b"Not yet published"):
                assert word not in content, (name, file)


def test_the_pages_work_from_a_folder_without_script_in_three_languages(client: Client) -> None:
    site = publish()
    publish("sotkamo")
    catalogue.add_photo(
        site=site, content=papers.picture(), alt=Translated(fi="Pelto", en="A field"), credit="K. Kuvaaja", licence="CC BY 4.0",
        taken_on=None, by=None, now=NOW,
    )  # fmt: skip
    catalogue.publish_site(site=Site.objects.get(pk=site.pk), by=None, now=NOW)
    make("kuhmo")
    found = unpacked(client, "kuhmo")
    pages = [name for name in found if name.endswith(".html")]
    assert {
        f"{code}/{name}"
        for code in ("fi", "en", "sv")
        for name in ("index.html", "fragment.html", f"sites/{site.code}.html")
    } < set(pages)
    for name in pages:
        page = Links(found[name].decode())
        assert not page.runs
        for address in page.found:
            if not address.startswith(("http://127.0.0.1:8000/", "https://creativecommons.org/", "mailto:")):
                place = PurePosixPath(name).parent / address
                assert _plain(place) in found, (name, address)
    shown = found[f"en/sites/{site.code}.html"].decode()
    assert '<html lang="en">' in shown
    assert "Plot &lt;b&gt;" in shown and "Second &amp; last." in shown
    assert 'alt="A field"' in shown and "K. Kuvaaja" in shown
    assert "1,234 m²" in shown and "The survey, 2026-01" in shown
    items = json.loads(found["sv/sites.json"])
    assert (items["total"], items["items"][0]["archive"]["page"]) == (1, f"sv/sites/{site.code}.html")
    assert items["items"][0]["archive"]["photos"][0] in found


def _plain(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


def test_a_municipality_without_anything_says_so(client: Client) -> None:
    make_region()
    make_municipality("kuhmo")
    make("kuhmo")
    assert "Nothing is published at the moment." in unpacked(client, "kuhmo")["en/index.html"].decode()


def test_what_is_withdrawn_is_gone_at_once_and_the_archive_is_made_anew(client: Client) -> None:
    site, other = publish(), publish("sotkamo")
    for name in bundle_names():
        make(name)
    catalogue.withdraw_site(site=site, by=make_person(Role.COORDINATOR), now=timezone.now())
    for name in ("all", "kuhmo"):
        response = client.get(f"/export/{name}.zip")
        assert (response.status_code, response.headers["Retry-After"], response.headers["Cache-Control"]) == (
            503,
            "60",
            "no-store",
        )
    assert "README.txt" in unpacked(client, "sotkamo")
    OutboxItem.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    work_through("a-worker")
    found = unpacked(client, "all")
    assert f"en/documents/{other.code}.json" in found
    assert all(site.code.encode() not in content for content in found.values())


def test_several_that_go_together_make_one_archive_anew() -> None:
    sites = [publish(), publish()]
    make("all")
    moment = timezone.now().replace(second=10)
    for one in sites:
        catalogue.withdraw_site(site=one, by=make_person(Role.COORDINATOR), now=moment)
    assert OutboxItem.objects.filter(topic=services.TOPIC).count() == 1


def test_by_night_every_archive_is_made_once_and_again_only_when_something_changed() -> None:
    publish()
    for _twice in range(2):
        tasks.make_all_by_night(timezone.now())
    work_through("a-worker")
    assert list(Bundle.objects.values_list("name", flat=True)) == ["all", "kuhmo"]
    first = make("kuhmo")
    assert make("kuhmo").pk == first.pk
    touch_public()
    again = make("kuhmo")
    assert (again.pk != first.pk, Bundle.objects.filter(name="kuhmo").count()) == (True, 1)


def test_an_archive_that_was_overtaken_while_it_was_written_is_begun_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    site = publish()
    coordinator, begun = make_person(Role.COORDINATOR), []
    whole = services.pack_everything

    def slowly(*given: Any) -> int:
        count = whole(*given)
        if not begun:
            begun.append(True)
            catalogue.withdraw_site(site=site, by=coordinator, now=timezone.now())
        return count

    monkeypatch.setattr(services, "pack_everything", slowly)
    assert make("all").records == 0


def test_the_doors_answer_304_list_what_there_is_and_refuse_the_rest(client: Client) -> None:
    publish()
    made = make("all")
    first = client.get("/export/all.zip")
    assert len(b"".join(first.streaming_content)) == made.size  # type: ignore[attr-defined]
    assert (first.headers["ETag"], first.headers["Content-Length"]) == (
        f'"{made.sha256[:32]}"',
        str(made.size),
    )
    assert (first.headers["Cache-Control"], first.headers["Access-Control-Allow-Origin"]) == (
        "public, max-age=300",
        "*",
    )
    assert 'rel="license"' in first.headers["Link"]
    assert client.get("/export/all.zip", headers={"if-none-match": first.headers["ETag"]}).status_code == 304
    assert (
        client.get(
            "/export/all.zip", headers={"if-modified-since": first.headers["Last-Modified"]}
        ).status_code
        == 304
    )
    (listed,) = json.loads(client.get("/export/").content)["items"]
    assert (listed["url"], listed["sha256"], listed["size"]) == (
        "http://testserver/export/all.zip",
        made.sha256,
        made.size,
    )
    assert client.get("/export/kuhmo.zip").status_code == 503
    assert client.get("/export/atlantis.zip").status_code == 404
    assert client.get("/export/all.zip?colour=red").status_code == 400
    assert client.post("/export/all.zip").status_code == 405


def test_a_municipality_that_is_gone_leaves_no_archive() -> None:
    make_region()
    assert services.make_bundle("atlantis", now=timezone.now()) is None
    assert bundle("atlantis") is None
