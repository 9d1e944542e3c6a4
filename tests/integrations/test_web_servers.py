"""The recipes for nginx and Apache, in the servers themselves where they are found (or named by $VETOVOIMA_NGINX and $VETOVOIMA_APACHE)."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.integrations.conftest import INTEGRATIONS, Portal, Said, an_offer

RECIPES = INTEGRATIONS / "recipes"
AWAY = Said(503, '{"detail": "Not ready"}', {"Content-Type": "application/problem+json"})
LINK = "municipalities/example-town"


@contextmanager
def running(words: list[str], port: int) -> Iterator[Callable[[str], str]]:
    """This will run a server while its pages are asked for."""
    server = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    address = f"http://127.0.0.1:{port}"
    until = time.monotonic() + 20
    while True:
        try:
            urlopen(f"{address}/plain.txt").close()
            break
        except (URLError, OSError):
            if server.poll() is not None or time.monotonic() > until:
                server.kill()
                raise AssertionError(server.communicate()[0]) from None
            time.sleep(0.1)
    try:
        yield lambda path: urlopen(address + path).read().decode()
    finally:
        server.terminate()
        server.communicate(timeout=20)


def a_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def with_pages(folder: Path, name: str, include: str) -> Path:
    """A folder of pages, one of which holds the offer."""
    pages = folder / "pages"
    pages.mkdir()
    (pages / "plain.txt").write_text("plain", encoding="utf-8")
    (pages / name).write_text(f"<h1>Kunta</h1>{include}<p>Loppu</p>", encoding="utf-8")
    return pages


def told_of(recipe: str) -> str:
    """The lines of a page that the recipe names in its comment."""
    lines = [line[1:].strip() for line in recipe.splitlines() if line.startswith("#   <")]
    return "\n".join(lines)


def server_program(setting: str, name: str) -> str | None:
    """Where a web server is: Debian keeps them where only root looks."""
    places = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin"))
    return shutil.which(os.environ.get(setting, name), path=places)


@pytest.fixture
def nginx() -> str:
    """An nginx with SSI."""
    found = server_program("VETOVOIMA_NGINX", "nginx")
    if found is None:
        pytest.skip("no nginx found; to have it: sudo apt-get install nginx, or name one in VETOVOIMA_NGINX")
    return found


@pytest.fixture
def apache() -> tuple[str, Path]:
    """An Apache, and the folder of its modules."""
    found = server_program("VETOVOIMA_APACHE", "apache2")
    if found is None:
        pytest.skip(
            "no Apache found; to have it: sudo apt-get install apache2-bin, or name one in VETOVOIMA_APACHE"
        )
    return found, Path(os.environ.get("VETOVOIMA_APACHE_MODULES", "/usr/lib/apache2/modules"))


def test_nginx_includes_the_offer(nginx: str, portal: Portal, tmp_path: Path) -> None:
    recipe = (RECIPES / "nginx-ssi.conf").read_text(encoding="utf-8")
    pages, port = with_pages(tmp_path, "page.html", told_of(recipe)), a_port()
    in_http, in_server = recipe.split("# In server { }:")
    for old, new in (
        ("https://portal.example/embed", f"{portal.url}/embed"),
        ("/var/www/html", str(pages)),
        ("/var/cache/nginx", str(tmp_path)),
        ("proxy_cache_valid 200 5m", "proxy_cache_valid 200 1s"),
    ):
        assert old in recipe
        in_http, in_server = in_http.replace(old, new), in_server.replace(old, new)
    temporary = " ".join(
        f"{one}_temp_path {tmp_path}/{one};" for one in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (tmp_path / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {tmp_path}/pid; error_log {tmp_path}/error; events {{}}\n"
        f"http {{ access_log off; types {{ text/html html; }} {temporary}\n{in_http}\nserver {{ listen 127.0.0.1:{port};\n{in_server}\n}} }}\n",
        encoding="utf-8",
    )
    portal.says = [AWAY, an_offer("Yksi"), AWAY, an_offer("Kaksi", "v2")]
    with running([nginx, "-e", str(tmp_path / "error"), "-c", str(tmp_path / "nginx.conf")], port) as page:
        first = page("/page.html")
        assert LINK in first and "Loppu" in first
        shown = page("/page.html")
        assert "Yksi" in shown and 'data-vetovoima-version="v1"' in shown and LINK not in shown
        asked = len(portal.asked)
        page("/page.html")
        assert len(portal.asked) == asked
        time.sleep(2.1)
        assert "Yksi" in page("/page.html"), "the last good copy"
        time.sleep(2.1)
        assert "Kaksi" in page("/page.html")
    assert all(
        "cookie" not in headers and "accept-encoding" not in headers for _path, headers in portal.asked
    )
    assert portal.asked[0][0] == "/embed/example-town/fragment.html?lang=fi&channel=abcd1234"


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that Apache's own user may read: it never serves as root."""
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        yield Path(made)


def test_apache_includes_the_offer(apache: tuple[str, Path], portal: Portal, folder: Path) -> None:
    program, modules = apache
    recipe = (RECIPES / "apache-ssi.conf").read_text(encoding="utf-8")
    assert "/var/www/html" in recipe
    pages, port = with_pages(folder, "page.shtml", told_of(recipe)), a_port()
    names = ["mpm_event", "authz_core", "mime", "include"]
    loaded = "\n".join(f"LoadModule {one}_module {modules}/mod_{one}.so" for one in names)
    (folder / "apache.conf").write_text(
        f"{loaded}\nServerName town.example\nListen 127.0.0.1:{port}\nPidFile {folder}/pid\nErrorLog {folder}/error\n"
        f"DefaultRuntimeDir {folder}\nUser nobody\nTypesConfig /dev/null\nDocumentRoot {pages}\n<Directory {pages}>\nRequire all granted\n"
        f"</Directory>\n{recipe.replace('/var/www/html', str(pages))}",
        encoding="utf-8",
    )
    portal.says = [AWAY, an_offer("Yksi"), AWAY]
    fetch = [
        "sh",
        str(RECIPES / "fetch.sh"),
        portal.url,
        "example-town",
        "fi",
        str(pages / "offer.html"),
        "abcd1234",
    ]
    with running([program, "-X", "-d", str(folder), "-f", str(folder / "apache.conf")], port) as page:
        for code, shown in ((1, LINK), (0, "Yksi"), (1, "Yksi")):
            done = subprocess.run(fetch, capture_output=True, check=False, timeout=30)
            html = page("/page.shtml")
            assert (done.returncode, shown in html, "Loppu" in html, "detail" in html) == (
                code,
                True,
                True,
                False,
            ), html
    assert LINK not in html and 'data-vetovoima-version="v1"' in html
