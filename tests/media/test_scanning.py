"""The virus scanner: its protocol, its verdicts, and what happens when it is away."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from tests.factories import make_person, make_region
from tests.factories.sites import make_site
from tests.media import papers
from tests.media.clamd import Behaviour, scanner
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import User
from vetovoima.activity.models import OutboxItem
from vetovoima.activity.outbox import work_through
from vetovoima.catalogue import queries, services
from vetovoima.catalogue.models import Site
from vetovoima.config.environment import scanner_address
from vetovoima.media import files, scanning
from vetovoima.media.models import StoredFile
from vetovoima.media.queries import public_file
from vetovoima.media.tasks import scan_unscanned
from vetovoima.messaging.models import Mail
from vetovoima.syndication.models import PublishedDocument

pytestmark = pytest.mark.django_db


@pytest.fixture
def clamd(settings: Any) -> Iterator[Behaviour]:
    with scanner() as (address, behaviour):
        settings.VETOVOIMA_VIRUS_SCANNER = address
        settings.VETOVOIMA_VIRUS_SCANNER_SECONDS = 2
        yield behaviour


@pytest.fixture
def officer() -> User:
    make_region()
    return make_person(Role.MUNICIPALITY_OFFICER, "kuhmo")


def add(site: Site, by: User | None, content: bytes | None = None, **values: Any) -> StoredFile:
    return services.add_file(
        site=site, content=content or papers.pdf(), filename="soil.pdf", group="", values=papers.said(**values), by=by,
        now=timezone.now(),
    )  # fmt: skip


def stored(name: str) -> StoredFile:
    return StoredFile.objects.get(name=name)


def documents(site: Site) -> list[str]:
    body = PublishedDocument.objects.get(code=site.code, language="en").body
    return [one["title"]["text"] for one in body["files"]]


def test_without_a_scanner_a_document_says_that_nobody_scanned_it(officer: User) -> None:
    file = add(make_site(), officer)
    assert file.scan == "not_scanned"
    assert not OutboxItem.objects.filter(topic="media.scan").exists()


def test_a_clean_document_is_let_out_when_the_scanner_has_read_all_of_it(
    clamd: Behaviour, officer: User
) -> None:
    content = papers.pdf(extra=b"x" * 400_000)
    file = add(make_site(), officer, content)
    assert (file.scan, files.content_of(file)) == ("waiting", None)
    work_through("test")
    assert clamd.seen == [content]
    assert stored(file.name).scan == "clean" and files.content_of(stored(file.name)) is not None


def test_a_published_document_opens_by_itself_when_it_was_found_clean(
    clamd: Behaviour, officer: User
) -> None:
    site = make_site()
    file = add(site, officer)
    site = services.submit_site(site=site, by=officer, now=timezone.now())
    services.publish_site(site=site, by=None, now=timezone.now())
    assert public_file(file.name) is None and documents(site) == []
    work_through("test")
    assert public_file(file.name) is not None and documents(site) == ["Soil report"]


def test_a_virus_is_removed_and_its_uploader_told(
    clamd: Behaviour, officer: User, caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Any
) -> None:
    caplog.set_level(logging.DEBUG, logger="vetovoima")
    site = make_site()
    file = add(site, officer, papers.pdf(extra=papers.EICAR), title={"en": "Confidential title"})
    path = files.file_path(file)
    with django_capture_on_commit_callbacks(execute=True):
        work_through("test")
    assert stored(file.name).scan == "infected" and not path.exists()
    letter = Mail.objects.get(template="file_infected")
    assert letter.to == officer.email and site.code in letter.body
    assert "Confidential" not in letter.subject + letter.body + caplog.text
    assert queries.history(site)[0].type == "catalogue.site.file_infected"


def test_a_document_that_was_public_before_there_was_a_scanner_leaves_at_once_when_it_is_infected(
    officer: User, settings: Any
) -> None:
    site = make_site()
    file = add(site, officer, papers.pdf(extra=papers.EICAR))
    site = services.submit_site(site=site, by=officer, now=timezone.now())
    services.publish_site(site=site, by=None, now=timezone.now())
    assert documents(site) == ["Soil report"]
    with scanner() as (address, _behaviour):
        settings.VETOVOIMA_VIRUS_SCANNER = address
        scan_unscanned(timezone.now())
        work_through("test")
    assert public_file(file.name) is None and documents(site) == []


@pytest.mark.parametrize("mood", ["hang_up", "nonsense"])
def test_a_scanner_without_a_verdict_is_asked_again_for_a_day(
    clamd: Behaviour, officer: User, mood: str
) -> None:
    site = make_site()
    file = add(site, officer)
    clamd.mood = mood
    work_through("test")
    item = OutboxItem.objects.get(topic="media.scan")
    assert (stored(file.name).scan, item.state) == ("waiting", "waiting")
    long_ago = timezone.now() - timedelta(hours=25)
    StoredFile.objects.update(uploaded_at=long_ago)
    OutboxItem.objects.update(due_at=long_ago)
    work_through("test")
    assert stored(file.name).scan == "failed"
    clamd.mood = ""
    services.rescan_file(site=site, name=file.name, by=officer, now=timezone.now())
    work_through("test")
    assert stored(file.name).scan == "clean"


def test_a_file_too_large_for_the_scanner_is_said_to_be_unscanned_at_once(
    clamd: Behaviour, officer: User
) -> None:
    clamd.mood = "size"
    file = add(make_site(), officer, papers.pdf(extra=b"x" * 3_000_000))
    work_through("test")
    assert stored(file.name).scan == "failed"


@pytest.mark.slow
@pytest.mark.parametrize("mood", ["slow", "drip"])
def test_a_slow_scanner_is_left_when_its_time_is_up(
    clamd: Behaviour, settings: Any, tmp_path: Path, mood: str
) -> None:
    settings.VETOVOIMA_VIRUS_SCANNER_SECONDS = 1
    clamd.mood = mood
    path = tmp_path / "file"
    path.write_bytes(b"x")
    began = time.monotonic()
    with pytest.raises(scanning.CannotScan):
        scanning.virus_in(path)
    assert time.monotonic() - began < 2


def test_a_scanner_that_is_not_there_is_no_verdict(settings: Any, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.VETOVOIMA_VIRUS_SCANNER = f"clamd://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(scanning.CannotScan):
            scanning.virus_in(Path(__file__))
    settings.VETOVOIMA_VIRUS_SCANNER = f"clamd://{tmp_path}/nobody"
    with pytest.raises(scanning.CannotScan):
        scanning.virus_in(Path(__file__))


def test_the_scanner_is_reached_by_a_socket_of_the_machine_too(settings: Any, tmp_path: Path) -> None:
    with scanner(tmp_path / "clamd.ctl") as (address, _behaviour):
        settings.VETOVOIMA_VIRUS_SCANNER = address
        path = tmp_path / "file"
        path.write_bytes(papers.EICAR)
        assert scanning.virus_in(path) == "Eicar-Test-Signature"


@pytest.mark.parametrize("good", ["", "clamd://scanner:3310", "clamd://127.0.0.1", "clamd:///run/clamd.ctl"])
def test_the_setting_is_an_address_of_a_scanner(good: str) -> None:
    assert scanner_address(good) == good


@pytest.mark.parametrize(
    "bad",
    ["scanner:3310", "https://scanner", "clamd:", "clamd://", "clamd:///", "clamd://h:0x", "command:/bin/x"],
)
def test_any_other_setting_stops_the_start(bad: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="clamd://host:3310"):
        scanner_address(bad)
