"""A PostgreSQL for the length of one command: `python -m tools.postgres COMMAND…`.

The cluster lives in a temporary folder, listens on loopback on a port of its own with a password made up for it, and
is gone afterwards, also after Ctrl-C. With VETOVOIMA_TEST_DATABASE_URL set, that server is used and nothing is started.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tools import machine

ADDRESS = "VETOVOIMA_TEST_DATABASE_URL"
# Nothing in it outlives the run, so nothing needs to reach the disk.
OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "128MB",
    "max_connections": "100",
    "autovacuum": "off",
}
# Both databases must sort and fold case alike on every machine: by code point, with Unicode's letters.
LOCALES = ("C.UTF-8", "en_US.UTF-8", "fi_FI.UTF-8")


class CannotStart(Exception):
    """The temporary server did not come up; the message says what PostgreSQL said."""


@contextlib.contextmanager
def server() -> Iterator[str]:
    """This will give the address of a fresh, empty server and remove it at the end. Raises CannotStart."""
    binaries = machine.postgres_folder()
    if binaries is None:
        raise CannotStart(
            f"PostgreSQL {machine.OLDEST_POSTGRES} or newer is not here.\n"
            f"To have it: {machine.line_to_type([machine.POSTGRES])} — or name a server in {ADDRESS}."
        )
    folder = Path(tempfile.mkdtemp(prefix="vetovoima-pg-"))
    as_user = _prepare(folder)
    try:
        password = secrets.token_hex(16)
        _create(binaries, folder, as_user, password)
        port = _start(binaries, folder, as_user)
        yield f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres"
    finally:
        _call(as_user, [binaries / "pg_ctl", "stop", "-D", folder / "data", "-m", "immediate", "-w"])
        shutil.rmtree(folder, ignore_errors=True)


def _prepare(folder: Path) -> list[str]:
    """The words that run a command as somebody PostgreSQL accepts: it refuses to run as root."""
    if os.geteuid() != 0:
        return []
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, user.pw_uid, user.pw_gid)
        if shutil.which("runuser"):
            return ["runuser", "-u", name, "--"]
        return ["sudo", "-u", name, "--"]
    raise CannotStart("PostgreSQL refuses to run as root, and there is no other account here to run it as.")


def _call(as_user: list[str], words: list[str | Path]) -> subprocess.CompletedProcess[str]:
    command = [*as_user, *(str(word) for word in words)]
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd="/", check=False
    )


def _create(binaries: Path, folder: Path, as_user: list[str], password: str) -> None:
    secret = folder / "password"
    secret.write_text(password + "\n", encoding="ascii")
    if as_user:
        shutil.chown(secret, folder.owner(), folder.group())
    secret.chmod(0o600)
    said = ""
    for locale in LOCALES:
        words = [
            "-U",
            "postgres",
            "-E",
            "UTF8",
            f"--locale={locale}",
            "--auth-local=peer",
            "--auth-host=password",
            "--no-sync",
        ]
        done = _call(as_user, [binaries / "initdb", "-D", folder / "data", *words, "--pwfile", secret])
        if done.returncode == 0:
            return
        said = done.stdout + done.stderr
        _call(as_user, ["rm", "-rf", folder / "data"])
    raise CannotStart(f"initdb failed:\n{said.strip()}")


def _start(binaries: Path, folder: Path, as_user: list[str]) -> int:
    log = folder / "log"
    for _ in range(3):  # somebody else may take the free port between the look and the start
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        options = {**OPTIONS, "port": port, "unix_socket_directories": folder}
        words = " ".join(f"-c {name}={value}" for name, value in options.items())
        done = _call(
            as_user,
            [binaries / "pg_ctl", "start", "-D", folder / "data", "-l", log, "-w", "-t", "60", "-o", words],
        )
        if done.returncode == 0:
            return port
    said = log.read_text(encoding="utf-8", errors="replace") if log.exists() else done.stdout + done.stderr
    raise CannotStart(f"PostgreSQL did not start:\n{said.strip()[-2000:]}")


def run(command: list[str]) -> int:
    """This will run a command with an address of a PostgreSQL in its environment and return its exit code."""
    if os.environ.get(ADDRESS):
        return subprocess.run(command, check=False).returncode
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with server() as address:
            child = subprocess.Popen(command, env={**os.environ, ADDRESS: address})
            try:
                return child.wait()
            except BaseException:  # Ctrl-C has reached the child too; SIGTERM has not
                child.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.wait(timeout=20)
                child.kill()
                raise
    except CannotStart as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
