"""Find a Python that can carry the project: 3.11 or newer, with venv, ensurepip and an SQLite that searches text."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass

OLDEST = (3, 11)
NAMES = ("python3.14", "python3.13", "python3.12", "python3.11", "python3", "/usr/bin/python3")
PROBE = """
import json, sys
found = {"path": sys.executable, "version": list(sys.version_info[:3]), "lacks": []}
for name in ("venv", "ensurepip", "ssl", "sqlite3"):
    try:
        __import__(name)
    except ImportError:
        found["lacks"].append(name)
if "sqlite3" not in found["lacks"]:
    import sqlite3
    try:
        sqlite3.connect(":memory:").execute("create virtual table t using fts5(x)")
    except sqlite3.OperationalError:
        found["lacks"].append("fts5")
print(json.dumps(found))
"""


@dataclass(frozen=True)
class Interpreter:
    """One Python of this machine and what it is short of."""

    path: str
    version: tuple[int, ...]
    lacks: tuple[str, ...]

    @property
    def is_new_enough(self) -> bool:
        return self.version[:2] >= OLDEST

    @property
    def is_fit(self) -> bool:
        return self.is_new_enough and not self.lacks

    @property
    def label(self) -> str:
        return "Python " + ".".join(str(part) for part in self.version)


def probe(command: str) -> Interpreter | None:
    """This will ask one interpreter about itself; None when it does not run (a shim of pyenv, for instance)."""
    try:
        answer = subprocess.run(
            [command, "-c", PROBE], capture_output=True, text=True, timeout=60, check=False
        )
        found = json.loads(answer.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return Interpreter(found["path"] or command, tuple(found["version"]), tuple(found["lacks"]))


def candidates() -> list[Interpreter]:
    """This will return the interpreters of this machine in the order in which they are preferred.

    `$PYTHON` comes alone when it is set: whoever names one wants that one.
    """
    wanted = os.environ.get("PYTHON")
    names = [wanted] if wanted else [*NAMES, sys.executable]
    seen: dict[str, Interpreter] = {}
    for name in names:
        path = shutil.which(name)
        found = probe(path) if path else None
        if found and found.path not in seen:
            seen[found.path] = found
    return list(seen.values())


def explain(found: list[Interpreter]) -> str:
    """This will say in plain words why none of the interpreters is fit, and what to type."""
    lines = ["Vetovoima needs Python 3.11 or newer with venv and SQLite's FTS5; none was found:"]
    for one in found:
        reason = "lacks " + ", ".join(one.lacks) if one.is_new_enough else "is too old"
        lines.append(f"  {one.path} ({one.label}) {reason}")
    for one in found:
        if one.is_new_enough and set(one.lacks) <= {"venv", "ensurepip"}:
            package = "python{}.{}-venv".format(*one.version[:2])
            lines.append(f"On Debian and Ubuntu this is enough:  sudo apt-get install {package}")
            break
    else:
        lines.append(
            "Install one (Debian 12 and 13: sudo apt-get install python3 python3-venv; macOS: brew install python)"
        )
    lines.append("or name another:  make PYTHON=/path/to/python3 demo")
    return "\n".join(lines)
