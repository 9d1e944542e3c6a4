"""Two instances of this product on one machine, each with a folder, a database and processes of its own: what one region
publishes stands on the other's joint map after the next reading, and what it withdraws is gone from there."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from .conftest import PROJECT, check_page

#: all of it with the journeys: two installations start a dozen processes
pytestmark = [pytest.mark.browser, pytest.mark.slow]
START_SECONDS = 240
#: what somebody does at the desk of the other region, in a process of its own
PUBLISH = """
from django.utils import timezone
from vetovoima.catalogue import services
from vetovoima.catalogue.models import Site
from vetovoima.common.fields import Translated
site = Site.objects.get(code={old!r})
made = Site.objects.get(pk=site.pk)
made.pk, made.code, made._state.adding = None, {code!r}, True
made.name = Translated({{"fi": {name!r}, "en": {name!r}}})
made.state, made.published_version = "submitted", 0
made.save()
made.sectors.set(site.sectors.all())
services.publish_site(site=made, by=None, now=timezone.now())
"""
WITHDRAW = """
from django.utils import timezone
from tests.factories import make_person
from vetovoima.accounts.enums import Role
from vetovoima.catalogue import services
from vetovoima.catalogue.models import Site
coordinator = make_person(Role.COORDINATOR)
for code in {codes!r}:
    services.withdraw_site(site=Site.objects.get(code=code), by=coordinator, now=timezone.now())
"""
CODES = """
import json
from vetovoima.catalogue.models import Site
print(json.dumps([[one.code, one.name.best("en")[0]] for one in Site.objects.order_by("code")]))
"""


class Instance:
    """One installation: a region, a folder, a port."""

    def __init__(self, folder: Path, port: int, others: list[int]) -> None:
        self.folder, self.port = folder, port
        self.address = f"http://127.0.0.1:{port}"
        self.server: subprocess.Popen[bytes] | None = None
        self.environment = {
            **os.environ,
            "PYTHONPATH": str(PROJECT / "src"),
            "DJANGO_SETTINGS_MODULE": "vetovoima.config.settings.demo",
            "VETOVOIMA_VAR_DIR": str(folder),
            "VETOVOIMA_LEMMAS_DIR": str(PROJECT / "var/lemmas"),
            "VETOVOIMA_LOG_LEVEL": "ERROR",
            "VETOVOIMA_HTTP_ALLOWED_LOOPBACK": ",".join(f"127.0.0.1:{one}" for one in others),
        }
        self.environment.pop("VETOVOIMA_DATABASE_URL", None)

    def run(self, *command: str, code: int = 0) -> str:
        """This will run a command of this installation."""
        done = subprocess.run(
            [sys.executable, "-m", "vetovoima.config.cli", *command], env=self.environment, capture_output=True,
            text=True, timeout=START_SECONDS, check=False, cwd=PROJECT,
        )  # fmt: skip
        assert done.returncode == code, done.stdout[-2000:] + done.stderr[-2000:]
        return done.stdout

    def do(self, script: str) -> str:
        """This will do something in this installation's own process."""
        done = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{script}"], env=self.environment,
            capture_output=True, text=True, timeout=START_SECONDS, check=False, cwd=PROJECT,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def start(self) -> None:
        """This will start the web server and wait until it answers."""
        command = [
            sys.executable,
            "-m",
            "vetovoima.config.cli",
            "serve",
            "--port",
            str(self.port),
            "--workers",
            "1",
        ]
        with (self.folder / "serve.log").open("w") as log:
            self.server = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log, cwd=PROJECT)
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                with urlopen(f"{self.address}/healthz", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                assert self.server.poll() is None, (self.folder / "serve.log").read_text()[-2000:]
                assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.3)

    def stop(self) -> None:
        """This will end the web server."""
        if self.server is not None:
            self.server.send_signal(signal.SIGTERM)
            self.server.wait(20)
            self.server = None

    def get(self, path: str) -> str:
        """What a visitor without script gets."""
        with urlopen(f"{self.address}{path}", timeout=30) as answer:
            return str(answer.read().decode())

    def names(self, key: str) -> list[str]:
        """The names that the joint list has of a region."""
        read = json.loads(self.get(f"/feeds/joint.json?lang=en&region={key}"))
        return sorted(one["name"] for one in read["items"])


def free_ports() -> list[int]:
    """Two ports that nobody listens on."""
    with socket.socket() as first, socket.socket() as second:
        first.bind(("127.0.0.1", 0))
        second.bind(("127.0.0.1", 0))
        return [first.getsockname()[1], second.getsockname()[1]]


def other_pack(folder: Path) -> Path:
    """A second made-up region: the first one under other names, with a name for the joint area."""
    from tests.regions.packs import copy_of

    packs = copy_of("tuulisaari", folder)
    path = packs / "tuulisaari" / "region.json"
    region = json.loads(path.read_text(encoding="utf-8"))
    region |= {
        "name": {"fi": "Kalliosaari", "en": "Rocky Island", "sv": "Klippön"},
        "site_name": {
            "fi": "Sijoitu Kalliosaareen",
            "en": "Invest in Rocky Island",
            "sv": "Investera på Klippön",
        },
        "joint_area": {"title": {"fi": "Saaret", "en": "The islands", "sv": "Öarna"}},
        "licence": "CC BY 4.0",
    }
    path.write_text(json.dumps(region, ensure_ascii=False), encoding="utf-8")
    return packs


@contextmanager
def prepared(instance: Instance, template: Any, packs: Path) -> Iterator[Instance]:
    """An installation with its region, served for as long as the block lasts."""
    if isinstance(template, Path):  # migrating from nothing takes minutes on a busy machine
        target = instance.folder / "vetovoima.sqlite3"
        target.write_bytes(template.read_bytes())
    instance.run("init")
    instance.run("load-region", "tuulisaari", "--packs", str(packs))
    instance.start()
    try:
        yield instance
    finally:
        instance.stop()


@pytest.fixture(scope="module")
def pair(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: Any
) -> Iterator[tuple[Instance, Instance]]:
    """Ours and the neighbour's."""
    ports = free_ports()
    folders = [tmp_path_factory.mktemp(name) for name in ("ours", "theirs", "packs")]
    ours, theirs = (Instance(folders[n], ports[n], [ports[1 - n]]) for n in (0, 1))
    template = getattr(django_db_setup, "template", None)
    packs = other_pack(folders[2])
    with prepared(ours, template, packs), prepared(theirs, template, PROJECT / "tests/regions"):
        yield ours, theirs


def test_what_one_publishes_and_withdraws_the_other_shows_and_shows_no_more(
    pair: tuple[Instance, Instance],
) -> None:
    ours, theirs = pair
    (first, first_name), (second, second_name) = json.loads(theirs.do(CODES))
    about = ("--attribution", "Windy Island Council", "--home", theirs.address)
    ours.run("follow", "add", "--title", "Windy Island", "--address", theirs.address, *about)
    ours.run("follow", "read")

    assert ours.names("windy-island") == sorted([first_name, second_name])
    page = ours.get("/sv/neighbours/")
    for word in ("<h1>Öarna</h1>", f"{theirs.address}/sv/sites/{first}/", "CC0 1.0", "Windy Island Council"):
        assert word in page, word
    assert theirs.address not in ours.get("/en/sites/")
    assert theirs.address not in ours.get("/feeds/sites.geojson")

    # published there: after the next reading it stands here
    theirs.do(PUBLISH.format(old=first, code=f"{first[:-4]}0091", name="Harbour plot"))
    assert "Harbour plot" not in ours.names("windy-island")
    ours.run("follow", "read")
    assert "Harbour plot" in ours.names("windy-island")
    assert "Harbour plot" in ours.get("/en/neighbours/"), "the page cache kept the old page"

    # withdrawn there: gone here
    theirs.do(WITHDRAW.format(codes=[f"{first[:-4]}0091", second]))
    read = json.loads(ours.run("follow", "read", "--json"))
    assert (read[0]["state"], read[0]["withdrawn"]) == ("ok", 2)
    assert ours.names("windy-island") == [first_name]
    assert "Harbour plot" not in ours.get("/en/neighbours/")

    # nothing changed there: one question, answered without a body
    read = json.loads(ours.run("follow", "read", "--json"))
    assert (read[0]["state"], read[0]["same"]) == ("nothing_new", 1)

    # down: nothing is withdrawn, and the page says since when; back again: as before
    theirs.stop()
    ours.run("follow", "read", code=1)
    assert ours.names("windy-island") == [first_name]
    assert "Not up to date" in ours.get("/en/neighbours/")
    theirs.start()
    ours.run("follow", "read")
    assert "Not up to date" not in ours.get("/en/neighbours/")

    # each follows the other: what is followed is never handed on as one's own
    theirs.run(
        "follow",
        "add",
        "--title",
        "Rocky Island",
        "--address",
        ours.address,
        "--attribution",
        "Rocky Council",
    )
    theirs.run("follow", "read")
    assert len(theirs.names("rocky-island")) == 2
    items = json.loads(theirs.get("/feeds/joint.json?region=rocky-island"))["items"]
    assert [one["url"] for one in items if not one["url"].startswith(ours.address)] == []


def test_the_joint_map_in_a_browser(pair: tuple[Instance, Instance], browser: Any) -> None:
    ours, theirs = pair
    if not json.loads(ours.run("follow", "list", "--json")):
        ours.run(
            "follow",
            "add",
            "--title",
            "Windy Island",
            "--address",
            theirs.address,
            "--attribution",
            "Council",
        )
    ours.run("follow", "read")
    pictures = PROJECT / "var/screenshots"
    pictures.mkdir(parents=True, exist_ok=True)
    for width, scheme, other in ((320, "dark", "light"), (1280, "light", "dark")):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page = context.new_page()
        page.goto(f"{ours.address}/en/neighbours/")
        page.wait_for_selector(".map canvas")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=pictures / f"joint-map-{width}-{scheme}.png", full_page=True)
        check_page(page, other_scheme=other)
        context.close()
    bare = browser.new_context(viewport={"width": 320, "height": 900}, java_script_enabled=False)
    page = bare.new_page()
    page.goto(f"{ours.address}/fi/neighbours/")
    page.select_option("[name=region]", "windy-island")
    page.press("main form button[type=submit]", "Enter")
    page.wait_for_url("**region=windy-island**")
    assert page.locator("#results li").count() >= 1
    bare.close()
