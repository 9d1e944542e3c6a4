"""Every check of style and structure: `python -m tools.lint`, or `--write` to let the formatters write.

All of them run, each under its name; the exit code is the worst of them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tools import stamps

BIN = Path(sys.executable).parent
SETTINGS = "--settings=vetovoima.config.settings.test"


def code_folders() -> list[str]:
    """This will return the folders that hold Python of ours."""
    return [name for name in ("src", "tests", "tools", "benchmarks") if (stamps.ROOT / name).is_dir()]


def templates() -> list[str]:
    """This will return the HTML templates of ours."""
    return sorted(
        str(path.relative_to(stamps.ROOT)) for path in (stamps.ROOT / "src").rglob("templates/**/*.html")
    )


def checks() -> dict[str, list[str]]:
    """This will return the commands by name, quick ones first."""
    python, folders = sys.executable, code_folders()
    return {
        "ruff check": [str(BIN / "ruff"), "check", "--quiet", *folders],
        "ruff format": [str(BIN / "ruff"), "format", "--check", "--quiet", "--diff", *folders],
        "djhtml": [str(BIN / "djhtml"), "--check", "--tabwidth", "2", *templates()],
        "import order": [str(BIN / "lint-imports"), "--no-cache"],
        "migrations": [
            python,
            "-W",
            "ignore",
            "-m",
            "django",
            "makemigrations",
            "--check",
            "--dry-run",
            SETTINGS,
        ],
        "messages": [python, "-m", "tools.messages", "check"],
        "typescript": [python, "-m", "tools.frontend", "types"],
        "documentation": [python, "-m", "tools.docs"],
        "architecture": [python, "-m", "pytest", "-q", "tests/architecture"],
        "mypy": [str(BIN / "mypy")],
    }


def writers() -> dict[str, list[str]]:
    """This will return the commands that mend what can be mended without thought."""
    return {
        "ruff check --fix": [str(BIN / "ruff"), "check", "--fix", "--quiet", *code_folders()],
        "ruff format": [str(BIN / "ruff"), "format", "--quiet", *code_folders()],
        "djhtml": [str(BIN / "djhtml"), "--tabwidth", "2", *templates()],
    }


def run(name: str, command: list[str]) -> tuple[int, float]:
    """This will run one check under its name and return its exit code and its time."""
    print(f"== {name}", flush=True)
    began = time.monotonic()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(stamps.ROOT / "src"), str(stamps.ROOT)])}
    code = subprocess.run(
        command, cwd=stamps.ROOT, env=environment, stdin=subprocess.DEVNULL, check=False
    ).returncode
    return code, time.monotonic() - began


def main(arguments: list[str]) -> int:
    """This will run all checks, print a table of them, and return the worst exit code."""
    chosen = writers() if "--write" in arguments else checks()
    names = [word for word in arguments if word != "--write"]
    chosen = {name: command for name, command in chosen.items() if not names or name in names}
    with tempfile.TemporaryDirectory(prefix="vetovoima-lint-") as folder:
        os.environ["TMPDIR"] = folder  # the test settings make a folder for every process that reads them
        results = {name: run(name, command) for name, command in chosen.items()}
    print("== summary")
    for name, (code, seconds) in results.items():
        print(f"{'ok' if code == 0 else 'FAILED':<8}{name:<18}{seconds:6.1f} s")
    failed = sum(code != 0 for code, _ in results.values())
    print(f"{len(results) - failed} passed, {failed} failed")
    return max((abs(code) for code, _ in results.values()), default=0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
