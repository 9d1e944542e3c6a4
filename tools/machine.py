"""What the machine itself must bring: found, installed as root on Debian, or named in one line to type."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from glob import glob
from pathlib import Path
from typing import Callable

CHROMIUM_PATHS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
POSTGRES_PATHS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
)
OLDEST_POSTGRES = 15


@dataclass(frozen=True)
class Need:
    """A program or library of the system: how to see that it is there, and where it comes from."""

    name: str
    purpose: str
    is_here: Callable[[], bool]
    debian: tuple[str, ...]
    brew: str
    only_debian: bool = False  # Ubuntu's package of that name is a wrapper that wants snap


def chromium() -> str | None:
    """This will return the path of a Chromium or Chrome: `$CHROMIUM`, the search path, macOS's usual places."""
    wanted = os.environ.get("CHROMIUM")
    if wanted:
        return shutil.which(wanted)
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", *CHROMIUM_PATHS):
        path = shutil.which(name)
        if path:
            return path
    return None


def postgres_folder() -> Path | None:
    """This will return the folder with initdb and postgres of the newest PostgreSQL here that is new enough."""
    on_path = shutil.which("initdb")
    folders = [Path(found) for pattern in POSTGRES_PATHS for found in glob(pattern)]
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    versions = [(_postgres_version(folder), folder) for folder in folders if (folder / "initdb").exists()]
    fit = [pair for pair in versions if pair[0] >= OLDEST_POSTGRES]
    return max(fit)[1] if fit else None


def _postgres_version(folder: Path) -> int:
    answer = subprocess.run(
        [str(folder / "postgres"), "--version"], capture_output=True, text=True, check=False
    )
    digits = "".join(letter if letter.isdigit() else " " for letter in answer.stdout).split()
    return int(digits[0]) if digits else 0


def _has_voikko() -> bool:
    libraries = (
        "/usr/lib/*/libvoikko.so.1",
        "/usr/lib*/libvoikko.so.1",
        "/opt/homebrew/lib/libvoikko*",
        "/usr/local/lib/libvoikko*",
    )
    words = (
        "/usr/lib/voikko/*",
        "/usr/share/voikko/*",
        "/etc/voikko/*",
        "/opt/homebrew/lib/voikko/*",
        "/usr/local/lib/voikko/*",
    )
    return any(glob(pattern) for pattern in libraries) and any(glob(pattern) for pattern in words)


VOIKKO = Need(
    "Voikko",
    "Finnish search by base forms and compound parts",
    _has_voikko,
    ("libvoikko1", "voikko-fi"),
    "libvoikko",
)
CHROMIUM = Need(
    "Chromium", "the browser journeys", lambda: bool(chromium()), ("chromium",), "chromium", only_debian=True
)
POSTGRES = Need(
    "PostgreSQL 15 or newer",
    "the tests on PostgreSQL",
    lambda: bool(postgres_folder()),
    ("postgresql",),
    "postgresql@17",
)
GETTEXT = Need(
    "gettext",
    "gathering the texts of the code",
    lambda: bool(shutil.which("xgettext")),
    ("gettext",),
    "gettext",
)
PHP = Need(
    "PHP",
    "the tests of the plugins for WordPress and Drupal",
    lambda: bool(shutil.which("php")),
    ("php-cli", "php-xml", "php-mbstring"),
    "php",
)
WRK = Need("wrk", "the load of the benchmarks", lambda: bool(shutil.which("wrk")), ("wrk",), "wrk")


def may_install() -> bool:
    """This will tell whether packages may be installed here without asking: root, apt-get, and not APT=no."""
    return os.geteuid() == 0 and bool(shutil.which("apt-get")) and os.environ.get("APT", "yes") != "no"


def is_debian() -> bool:
    """This will tell Debian itself from its children."""
    try:
        return "ID=debian" in Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    except OSError:
        return False


def apt_install(packages: Iterable[str]) -> bool:
    """This will install Debian packages, refreshing the lists when they are missing or old; False when it failed."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *packages]

    def run(command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )

    if run(install).returncode == 0:
        return True
    run(["apt-get", "update", "--quiet"])
    second = run(install)
    if second.returncode:
        print(second.stderr.strip() or second.stdout.strip()[-2000:], file=sys.stderr)
    return second.returncode == 0


def line_to_type(needs: Iterable[Need]) -> str:
    """This will return the one command that brings the needs to this kind of machine."""
    if sys.platform == "darwin":
        return "brew install " + " ".join(need.brew for need in needs)
    return "sudo apt-get install " + " ".join(package for need in needs for package in need.debian)


def provide(*needs: Need) -> list[Need]:
    """This will install what is missing where it may, name the rest in one line, and return what is still missing."""
    missing = [need for need in needs if not need.is_here()]
    takable = [need for need in missing if may_install() and (is_debian() or not need.only_debian)]
    if takable:
        print(
            "set-up: installing " + ", ".join(f"{need.name} ({need.purpose})" for need in takable), flush=True
        )
        apt_install([package for need in takable for package in need.debian])
        missing = [need for need in missing if not need.is_here()]
    if missing:
        print("set-up: not here: " + ", ".join(f"{need.name} ({need.purpose})" for need in missing))
        print(f"        to have it:  {line_to_type(missing)}", flush=True)
    return missing
