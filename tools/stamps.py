"""Notes of what was done for which inputs, kept in the environment, so that the next start can skip it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
FOLDER = VENV / "stamps"


def digest(paths: Iterable[Path], *extra: str) -> str:
    """This will return one hash over the names and contents of files, and over whatever else the result hangs on."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(f"{path.relative_to(ROOT)}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    for word in extra:
        total.update(f"\0{word}".encode())
    return total.hexdigest()


def read(name: str) -> str:
    """This will return the note of that name, empty when there is none."""
    try:
        return (FOLDER / name).read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def write(name: str, value: str) -> None:
    """This will keep a note."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / name).write_text(value + "\n", encoding="utf-8")


def forget(*names: str) -> None:
    """This will remove notes, so that the work is done again."""
    for name in names:
        (FOLDER / name).unlink(missing_ok=True)
