"""The demonstration's data, prepared once and copied for each worker (docs/decisions/0009).

A first start takes most of a minute of a processor. One worker makes it, as `vetovoima demo --prepare-only` does for a
person; the others wait for it, and a second run of the same code on the same day finds it made.
"""

from __future__ import annotations

import hashlib
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.database import TEMPLATES, alone

PROJECT = Path(__file__).resolve().parents[2]
PREFIX = "demonstration-"
SECONDS = 420
KEPT_SECONDS = 24 * 3600


def copy_prepared(folder: Path, environment: Mapping[str, str], *, rebuild: bool) -> None:
    """This will fill a worker's folder with the prepared data; the password is that of the environment."""
    with alone("demonstration"):
        prepared = TEMPLATES / f"{PREFIX}{_key(environment['VETOVOIMA_DEMO_PASSWORD'])}"
        if rebuild:
            shutil.rmtree(prepared, ignore_errors=True)
        if not prepared.exists():
            _prepare(prepared, environment)
        shutil.copytree(prepared, folder, dirs_exist_ok=True)


def _key(password: str) -> str:
    """A name for what a first start would make now: by the code, the packs, the libraries, the password and the day.

    The day counts because the examples tell of yesterday and next week.
    """
    total = hashlib.sha256()
    for path in _sources():
        total.update(f"{path.relative_to(PROJECT)}\0".encode())
        total.update(path.read_bytes())
    for word in (password, platform.python_version(), datetime.now(UTC).date().isoformat()):
        total.update(f"\0{word}".encode())
    return total.hexdigest()[:20]


def _sources() -> Iterator[Path]:
    for name in ("src/vetovoima", "regions", "requirements"):
        for path in sorted((PROJECT / name).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                yield path


def _prepare(prepared: Path, environment: Mapping[str, str]) -> None:
    for old in TEMPLATES.glob(f"{PREFIX}*"):
        if time.time() - old.stat().st_mtime > KEPT_SECONDS:
            shutil.rmtree(old, ignore_errors=True)
    half = prepared.with_suffix(".half")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, "-m", "vetovoima.config.cli", "demo", "--prepare-only"],
        env={**environment, "VETOVOIMA_VAR_DIR": str(half)}, capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        pytest.fail(f"the demonstration could not be prepared:\n{(done.stdout + done.stderr)[-3000:]}")
    half.rename(prepared)
