"""The recipes of integrations/recipes, run as they stand there, the places to change changed."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import time
import zipfile
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.factories import NOW
from tests.factories.sites import make_site
from tests.integrations.conftest import INTEGRATIONS, ROOT, Portal, Said, an_offer
from vetovoima.catalogue import services as catalogue

RECIPES = INTEGRATIONS / "recipes"
PLACES = ("portal.example", "example-town", "abcd1234")
needs_curl = pytest.mark.skipif(
    shutil.which("curl") is None,
    reason="no curl found, which the recipes fetch with; to have it: sudo apt-get install curl",
)


def run(name: str, *words: str) -> tuple[int, str]:
    """This will run a script; answers its exit code and what it complains of."""
    done = subprocess.run(
        ["sh", str(RECIPES / name), *words], capture_output=True, text=True, check=False, timeout=60
    )
    return done.returncode, done.stderr


@needs_curl
@pytest.mark.django_db(transaction=True)
def test_a_file_is_fetched_from_the_portal(live_server: Any, tmp_path: Path) -> None:
    site = catalogue.publish_site(site=make_site("kuhmo"), by=None, now=NOW)
    target = tmp_path / "offer.html"
    assert run("fetch.sh", live_server.url, "kuhmo", "fi", str(target)) == (0, "")
    assert site.code in target.read_text(encoding="utf-8")
    code, said = run("fetch.sh", live_server.url, "atlantis", "fi", str(target))
    assert (code, "answered 404" in said, site.code in target.read_text(encoding="utf-8")) == (1, True, True)


@needs_curl
def test_a_file_is_replaced_only_by_a_right_answer(portal: Portal, tmp_path: Path) -> None:
    target = tmp_path / "offer.html"
    portal.says = [
        an_offer("Yksi"),
        Said(304),
        Said(503),
        Said(200, ""),
        Said(200, "<p>else</p>"),
        Said(302),
        an_offer("Kaksi", "v2"),
    ]
    told = []
    for _turn in range(7):
        code, _said = run("fetch.sh", portal.url, "kuhmo", "fi", str(target), "abcd1234")
        told.append((code, "Yksi" in target.read_text(encoding="utf-8")))
    assert told == [(0, True), (0, True), (1, True), (1, True), (1, True), (1, True), (0, False)]
    assert [headers.get("if-none-match") for _path, headers in portal.asked] == ['""', *['W/"v1"'] * 6]
    assert portal.asked[0][0] == "/embed/kuhmo/fragment.html?lang=fi&channel=abcd1234"
    assert {one.name for one in tmp_path.iterdir()} == {"offer.html", "offer.html.etag"}
    assert target.stat().st_mode & 0o777 == 0o644


@needs_curl
def test_nobody_at_home_leaves_the_file_alone(nobody: str, tmp_path: Path) -> None:
    target = tmp_path / "offer.html"
    target.write_text("<section>vetovoima-old</section>", encoding="utf-8")
    code, said = run("fetch.sh", nobody, "kuhmo", "fi", str(target))
    assert (code, "could not be reached" in said, target.read_text(encoding="utf-8")) == (
        1,
        True,
        "<section>vetovoima-old</section>",
    )


def an_archive(**files: str) -> bytes:
    """An archive with check sums, as the portal makes it."""
    content = {name.replace("_", "."): text.encode() for name, text in files.items()}
    sums = "".join(f"{hashlib.sha256(text).hexdigest()}  {name}\n" for name, text in content.items())
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in {**content, "SHA256SUMS": sums.encode()}.items():
            archive.writestr(name, text)
    return made.getvalue()


@pytest.fixture
def archives() -> Any:
    """A server that hands out an archive, and another one when it is told to."""
    from http.server import BaseHTTPRequestHandler, HTTPServer

    class Handler(BaseHTTPRequestHandler):
        says: list[tuple[int, bytes]] = []

        def do_GET(self) -> None:
            status, content = self.says.pop(0)
            etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
            if status == 200 and self.headers.get("If-None-Match") == etag:
                status, content = 304, b""
            self.send_response(status)
            self.send_header("ETag", etag)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_words: object) -> None:
            """Nothing is printed."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", Handler.says
    server.shutdown()
    server.server_close()


@needs_curl
@pytest.mark.skipif(
    shutil.which("unzip") is None,
    reason="no unzip found, which the recipe unpacks with; to have it: sudo apt-get install unzip",
)
def test_whole_pages_are_replaced_as_a_whole(archives: Any, tmp_path: Path) -> None:
    address, says = archives
    target = tmp_path / "sites"
    one, two = an_archive(index_html="one", withdrawn_html="x"), an_archive(index_html="two")
    broken = bytearray(an_archive(index_html="three"))
    spot = bytes(broken).index(b"three")
    broken[spot : spot + 5] = b"THREE"
    says += [(200, one), (200, one), (503, b""), (200, bytes(broken)), (200, b"no archive"), (200, two)]
    told = []
    for _turn in range(6):
        code, _said = run("bundle.sh", address, "kuhmo", str(target))
        told.append(
            (code, (target / "index.html").read_text(encoding="utf-8"), (target / "withdrawn.html").exists())
        )
    assert told == [
        (0, "one", True),
        (0, "one", True),
        (1, "one", True),
        (1, "one", True),
        (1, "one", True),
        (0, "two", False),
    ]
    assert {one.name for one in tmp_path.iterdir()} == {"sites", "sites.etag"}


def test_three_lines_of_php(php: str, portal: Portal, tmp_path: Path) -> None:
    text = (
        (RECIPES / "fragment.php").read_text(encoding="utf-8").replace("https://portal.example", portal.url)
    )
    page = tmp_path / "page.php"
    page.write_text(text, encoding="utf-8")
    environment = {**os.environ, "TMPDIR": str(tmp_path)}

    def show() -> str:
        done = subprocess.run(
            [php, str(page)], capture_output=True, text=True, check=False, timeout=30, env=environment
        )
        assert done.stderr == "" and "Warning" not in done.stdout
        return done.stdout

    def later() -> None:
        (copy,) = tmp_path.glob("vetovoima-*.html")
        os.utime(copy, (time.time() - 400,) * 2)

    portal.says = [Said(503), an_offer("Yksi"), Said(503), an_offer("Kaksi", "v2")]
    assert "municipalities/example-town" in show()
    assert "Yksi" in show() and "Yksi" in show()
    later()
    assert "Yksi" in show()
    asked = len(portal.asked)
    assert "Yksi" in show() and len(portal.asked) == asked, "a portal that is away is asked once a minute"
    later()
    assert "Kaksi" in show()


@pytest.mark.parametrize("name", sorted(path.name for path in RECIPES.iterdir()))
def test_a_recipe_names_nobody_real_and_is_told_of(name: str) -> None:
    text = (RECIPES / name).read_text(encoding="utf-8")
    addresses = {
        word for word in text.replace('"', " ").replace("'", " ").split() if word.startswith("https://")
    }
    assert {urlsplit(one).hostname for one in addresses} <= {"portal.example"}
    pages = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs/integrations").glob("*.md"))
    assert f"recipes/{name}" in pages


@pytest.mark.parametrize(
    "name", ["component.html", "frame.html", "nginx-ssi.conf", "apache-ssi.conf", "fragment.php"]
)
def test_every_recipe_has_the_place_for_the_channel(name: str) -> None:
    text = (RECIPES / name).read_text(encoding="utf-8")
    assert [place for place in PLACES if place not in text] == []
