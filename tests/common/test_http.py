"""The one safe way out: where it never goes, and how little of our time a bad server gets."""

from __future__ import annotations

import os
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.common.hostile_network import garbage, goodbye, reset
from tests.common.loopback import Reply, Server, as_json, raw_server, running_server
from vetovoima.common.http import (
    Answer,
    CannotFetch,
    Deadline,
    NotModified,
    Refused,
    TookTooLong,
    TryLater,
    addresses,
    fetch,
    get,
    post_json,
    public_addresses,
    wait_of,
)

NEVER_READ = [
    "", " ", "example.com", "//example.com/", "http://example.com/", "HTTP://example.com/", "ftp://example.com/",
    "file:///etc/passwd", "file://localhost/etc/passwd", "gopher://127.0.0.1:70/_x", "dict://127.0.0.1:11211/stat",
    "data:text/plain,hello", "javascript:alert(1)", "ldap://example.com/", "unix:///var/run/docker.sock", "https:",
    "https://", "https:///path", "https://user@example.com/", "https://user:secret@example.com/",
    "https://@example.com/", "https://:@example.com/", "https://example.com@127.0.0.1/", "https://example.com:22/",
    "https://example.com:25/", "https://example.com:80/", "https://example.com:0/", "https://example.com:99999/",
    "https://example.com:443x/", "https://exa mple.com/", "https://example.com/\r\nHost: evil", "https://example.com/\x00",
    "https://example.com\\@127.0.0.1/", "https://[::1/", "https://[zz]/", "x" * 3000, "https://example.com/" + "a" * 2000,
]  # fmt: skip
LEAD_INSIDE = [
    "https://127.0.0.1/", "https://127.1/", "https://127.0.1/", "https://2130706433/", "https://0177.0.0.1/",
    "https://0x7f.0.0.1/", "https://0x7f000001/", "https://017700000001/", "https://0/", "https://0.0.0.0/",
    "https://10.0.0.1/", "https://172.16.0.1/", "https://192.168.1.1/", "https://169.254.169.254/latest/meta-data/",
    "https://100.64.0.1/", "https://198.18.0.1/", "https://224.0.0.1/", "https://255.255.255.255/", "https://240.0.0.1/",
    "https://[::1]/", "https://[::]/", "https://[::ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/",
    "https://[::ffff:169.254.169.254]/", "https://[::127.0.0.1]/", "https://[64:ff9b::7f00:1]/",
    "https://[64:ff9b:1::1]/", "https://[2002:7f00:1::]/", "https://[2001:0:4136:e378:8000:63bf:80ff:fffe]/",
    "https://[fe80::1]/", "https://[fc00::1]/", "https://[fd00:ec2::254]/", "https://[fec0::1]/", "https://[ff02::1]/",
    "https://127.0.0.1:8443/", "https://①②⑦.⓪.⓪.①/",
]  # fmt: skip
REBINDING = [
    "127.0.0.1",
    "10.1.2.3",
    "169.254.169.254",
    "::1",
    "::ffff:10.0.0.1",
    "fd00::1",
    "100.100.100.200",
]


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    with running_server() as running:
        settings.VETOVOIMA_HTTP_ALLOWED_LOOPBACK = [running.place]
        yield running


@pytest.fixture
def no_connection(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """A trap: whatever the code connects to is noted."""
    tried: list[Any] = []

    def trap(place: Any, *_more: Any, **_options: Any) -> None:
        tried.append(place)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", trap)
    return tried


def test_there_are_enough_hostile_addresses() -> None:
    assert len({*NEVER_READ, *LEAD_INSIDE}) >= 60


@pytest.mark.parametrize("url", NEVER_READ)
def test_what_is_no_plain_https_address_is_refused_before_a_name_is_asked(
    url: str, no_connection: list[Any]
) -> None:
    asked: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["93.184.216.34"]

    with pytest.raises(CannotFetch):
        get(url, resolve=resolve)
    assert (asked, no_connection) == ([], [])


@pytest.mark.parametrize("url", LEAD_INSIDE)
def test_an_address_of_our_own_network_is_never_connected_to(url: str, no_connection: list[Any]) -> None:
    with pytest.raises(CannotFetch):
        get(url)
    assert no_connection == []


@pytest.mark.parametrize("inside", REBINDING)
def test_a_name_that_leads_inside_is_refused_even_when_it_leads_outside_too(
    inside: str, no_connection: list[Any]
) -> None:
    with pytest.raises(CannotFetch, match="not a public address"):
        get("https://innocent.example/", resolve=lambda _host, _port: ["93.184.216.34", inside])
    assert no_connection == []


def test_a_name_that_changes_between_check_and_connection_is_asked_only_once(
    no_connection: list[Any],
) -> None:
    answers = [["93.184.216.34"], ["127.0.0.1"]]
    with pytest.raises(CannotFetch):
        get("https://rebinding.example/", resolve=lambda _host, _port: answers.pop(0))
    assert no_connection == [("93.184.216.34", 443)]


@pytest.mark.parametrize(
    "aside",
    ["::ffff:0:127.0.0.1", "::ffff:0:a9fe:a9fe", "192.88.99.1", "192.88.99.255", "5f00::1", "5f00:ffff::", "64:ff9b:1::1"],
)  # fmt: skip
def test_what_the_registries_set_aside_is_not_public(aside: str) -> None:
    with pytest.raises(CannotFetch, match="not a public address"):
        public_addresses("a.example", 443, lambda _host, _port: [aside])


def test_a_mapped_public_address_is_public() -> None:
    assert public_addresses("a.example", 443, lambda _host, _port: ["::ffff:93.184.216.34"])


def test_a_name_without_an_address_is_refused() -> None:
    with pytest.raises(CannotFetch, match=r"no server with the name a\.example"):
        public_addresses("a.example", 443, lambda _host, _port: [])


def test_a_resolver_that_hangs_costs_no_more_than_the_deadline() -> None:
    started = time.monotonic()
    with pytest.raises(TookTooLong):
        get("https://slow.example/", deadline=Deadline(0.3), resolve=lambda _host, _port: time.sleep(5) or [])
    assert time.monotonic() - started < 1.5


def test_this_machine_is_closed_unless_the_very_port_is_named(server: Server, settings: Any) -> None:
    assert get(server.url + "/a").body == b"hello"
    for places in ([], ["127.0.0.1"], [f"127.0.0.1:{server.port + 1}"], [f"localhost:{server.port}"]):
        settings.VETOVOIMA_HTTP_ALLOWED_LOOPBACK = places
        with pytest.raises(CannotFetch):
            get(server.url + "/a")
    assert len(server.calls) == 1


def test_production_refuses_to_start_with_an_open_loopback() -> None:
    environment = {
        **os.environ, "PYTHONPATH": "src", "VETOVOIMA_SECRET_KEY": "k" * 60, "VETOVOIMA_ALLOWED_HOSTS": "a.example",
        "VETOVOIMA_HTTP_ALLOWED_LOOPBACK": "127.0.0.1:80",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", "import vetovoima.config.settings.production"],
        capture_output=True, text=True, env=environment, check=False, cwd=Path(__file__).resolve().parents[2],
    )  # fmt: skip
    assert done.returncode != 0
    assert "VETOVOIMA_HTTP_ALLOWED_LOOPBACK" in done.stderr


def test_an_answer_has_its_headers_and_marks(server: Server) -> None:
    server.answer = lambda call: Reply(
        b"{}", headers={"ETag": '"7"', "Last-Modified": "Mon, 12 Oct 2026 08:00:00 GMT"}
    )
    answer = get(server.url + "/data?x=ä b#part".replace(" ", "%20"), headers={"Accept": "text/csv"})
    assert (answer.status, answer.etag, answer.modified) == (200, '"7"', "Mon, 12 Oct 2026 08:00:00 GMT")
    assert answer.json() == {}
    call = server.calls[0]
    assert (call.path, call.query, call.headers["accept"]) == ("/data", {"x": "ä b"}, "text/csv")
    assert call.headers["accept-encoding"] == "identity"


def test_what_has_not_changed_is_not_read_again(server: Server) -> None:
    server.answer = lambda call: Reply(status=304 if call.headers.get("if-none-match") == '"7"' else 200)
    assert get(server.url + "/", etag='"6"').status == 200
    with pytest.raises(NotModified):
        get(server.url + "/", etag='"7"', modified="Mon, 12 Oct 2026 08:00:00 GMT")
    assert server.calls[1].headers["if-modified-since"] == "Mon, 12 Oct 2026 08:00:00 GMT"


def test_json_is_sent_as_json(server: Server) -> None:
    server.answer = lambda call: as_json({"got": call.json})
    assert post_json(server.url + "/table", {"query": ["Ä"]}).json() == {"got": {"query": ["Ä"]}}
    assert (server.calls[0].method, server.calls[0].headers["content-type"]) == ("POST", "application/json")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_told_and_never_followed(server: Server, status: int) -> None:
    inside = f"http://{server.place}/secret"
    server.answer = lambda call: Reply(status=status, headers={"Location": inside})
    with pytest.raises(Refused, match=f"has moved this to {inside}"):
        get(server.url + "/old")
    assert [call.path for call in server.calls] == ["/old"]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (400, "error 400"),
        (401, "without a password"),
        (403, "without a password"),
        (404, "404"),
        (500, "500"),
    ],
)
def test_a_refusal_says_what_to_do_and_keeps_the_beginning_of_what_was_said(
    server: Server, status: int, said: str
) -> None:
    server.answer = lambda call: Reply(b"too many cells" * 1000, status=status)
    with pytest.raises(Refused, match=said) as caught:
        get(server.url + "/")
    assert caught.value.status == status
    assert caught.value.body.startswith(b"too many cells")
    assert len(caught.value.body) <= 4096


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_says_when_to_come_back(server: Server, status: int) -> None:
    server.answer = lambda call: Reply(status=status, headers={"Retry-After": "17"})
    with pytest.raises(TryLater, match="17 seconds") as caught:
        get(server.url + "/")
    assert caught.value.seconds == 17


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("", 60),
        ("soon", 60),
        ("0", 1),
        ("-5", 60),
        ("120", 120),
        ("99999999999999", 86400),
        ("Mon, 12 Oct 2026 08:01:30 GMT", 90),
        ("Mon, 12 Oct 2026 07:00:00 GMT", 1),
    ],
)
def test_retry_after_is_seconds_or_a_date_and_always_sane(text: str, seconds: int) -> None:
    assert wait_of(text, datetime(2026, 10, 12, 8, 0, tzinfo=UTC)) == seconds


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"a": 1', b"NaN", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_json_is_said(body: bytes) -> None:
    with pytest.raises(CannotFetch, match="did not answer with JSON"):
        Answer(200, {}, body, "a.example").json()


def quick(place: str, seconds: float = 0.5, **more: Any) -> float:
    """How long a call took that must fail."""
    started = time.monotonic()
    with pytest.raises(CannotFetch):
        get(f"http://{place}/", deadline=Deadline(seconds), **more)
    return time.monotonic() - started


def test_a_body_that_drips_ends_at_the_deadline(server: Server) -> None:
    server.answer = lambda call: Reply(b"x" * 1000, drip=0.05)
    assert quick(server.place) < 1.5


def test_headers_that_drip_end_at_the_deadline(settings: Any) -> None:
    stop = threading.Event()

    def talk(connection: socket.socket) -> None:
        connection.recv(1000)
        connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
        for _turn in range(100):
            if stop.wait(0.05):
                return
            connection.sendall(b"a")

    with raw_server(talk) as place:
        settings.VETOVOIMA_HTTP_ALLOWED_LOOPBACK = [place]
        assert quick(place) < 1.5
    stop.set()


def test_a_server_that_says_nothing_ends_at_the_deadline(settings: Any) -> None:
    stop = threading.Event()
    with raw_server(lambda connection: stop.wait(5) and None) as place:
        settings.VETOVOIMA_HTTP_ALLOWED_LOOPBACK = [place]
        assert quick(place) < 1.5
    stop.set()


def test_an_answer_announced_as_a_gigabyte_is_not_begun(settings: Any) -> None:
    def talk(connection: socket.socket) -> None:
        connection.recv(1000)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
        connection.sendall(b"x" * 1000)

    with raw_server(talk) as place:
        settings.VETOVOIMA_HTTP_ALLOWED_LOOPBACK = [place]
        with pytest.raises(CannotFetch, match="larger than 50 MB"):
            get(f"http://{place}/")


@pytest.mark.parametrize("chunked", [False, True])
def test_an_answer_without_an_end_is_cut_off_at_the_limit(settings: Any, chunked: bool) -> None:
    sent: list[int] = []

    def talk(connection: socket.socket) -> None:
        connection.recv(1000)
        extra = b"Transfer-Encoding: chunked\r\n" if chunked else b""
        connection.sendall(b"HTTP/1.1 200 OK\r\n" + extra + b"\r\n")
        block = b"x" * 65_536
        for _turn in range(16_000):
            connection.sendall(b"10000\r\n" + block + b"\r\n" if chunked else block)
            sent.append(len(block))

    with raw_server(talk) as place:
        settings.VETOVOIMA_HTTP_ALLOWED_LOOPBACK = [place]
        with pytest.raises(CannotFetch, match="larger than 1 MB"):
            get(f"http://{place}/", max_bytes=1_000_000)
    assert sum(sent) < 20_000_000


def test_a_body_that_ends_early_is_never_taken_for_whole(server: Server) -> None:
    server.answer = lambda call: Reply(b'{"a": [1, 2]}' * 10, cut=40)
    with pytest.raises(CannotFetch, match="in the middle"):
        get(server.url + "/")


def test_a_chunked_body_that_ends_early_is_never_taken_for_whole(settings: Any) -> None:
    def talk(connection: socket.socket) -> None:
        connection.recv(1000)
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")

    with raw_server(talk) as place:
        settings.VETOVOIMA_HTTP_ALLOWED_LOOPBACK = [place]
        with pytest.raises(CannotFetch, match="in the middle"):
            get(f"http://{place}/")


def noise(connection: socket.socket) -> None:
    """Other bytes at each run: no HTTP."""
    connection.recv(1000)
    connection.sendall(os.urandom(400) + b"\r\n\r\n")


@pytest.mark.parametrize("talk", [reset, garbage, noise, goodbye])
def test_resets_and_garbage_are_typed_errors(settings: Any, talk: Any) -> None:
    with raw_server(talk) as place:
        settings.VETOVOIMA_HTTP_ALLOWED_LOOPBACK = [place]
        assert quick(place, 5) < 3


def test_a_compressed_answer_is_refused_before_it_can_grow(server: Server) -> None:
    server.answer = lambda call: Reply(b"\x1f\x8b", headers={"Content-Encoding": "gzip"})
    with pytest.raises(CannotFetch, match="compressed"):
        get(server.url + "/")


def test_a_port_where_nobody_listens_is_told(settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        place = f"127.0.0.1:{taken.getsockname()[1]}"
    settings.VETOVOIMA_HTTP_ALLOWED_LOOPBACK = [place]
    with pytest.raises(CannotFetch, match="could not be reached"):
        get(f"http://{place}/")


def test_a_certificate_that_is_not_the_servers_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    names: list[str | None] = []

    def talk(connection: socket.socket) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(_certificate(tmp_path))
        context.sni_callback = lambda _socket, name, _context: names.append(name)
        context.wrap_socket(connection, server_side=True)

    with raw_server(talk) as place:
        port = int(place.rpartition(":")[2])
        monkeypatch.setattr(addresses, "_is_public", lambda _address: True)
        with pytest.raises(CannotFetch, match="certificate verify failed"):
            get(f"https://data.example:{port}/", resolve=lambda _host, _port: ["127.0.0.1"])
    assert names == ["data.example"]


def _certificate(folder: Path) -> Path:
    """A certificate that nobody vouches for."""
    from datetime import timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "data.example")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = folder / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return path


def test_fetch_gives_the_body_alone(server: Server) -> None:
    assert fetch(server.url + "/") == b"hello"
