"""Run the tests: `python -m tools.suite sqlite|postgres|browser`. Extra words for pytest come in `$ARGS`.

The browser journeys run in a process of their own: Playwright's event loop would make Django refuse every query of
the tests that follow it.
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys

from tools import machine, postgres

TITLES = {
    "sqlite": "the suite on SQLite",
    "postgres": "the suite on PostgreSQL",
    "browser": "the browser journeys",
}
NOTHING_CHOSEN = 5  # pytest's exit code when no test matched


def pytest_command(kind: str) -> list[str]:
    """This will return the words that run one part of the suite."""
    words = [sys.executable, "-m", "pytest", "-n", os.environ.get("WORKERS", "2"), "--dist", "loadfile"]
    words += ["-m", "browser", "tests/e2e"] if kind == "browser" else ["-m", "not browser"]
    return words + shlex.split(os.environ.get("ARGS", ""))


def run(kind: str) -> tuple[int, str]:
    """This will run one part, passing on what it prints, and return its exit code and its closing line."""
    print(f"== {TITLES[kind]}", flush=True)
    command = pytest_command(kind)
    environment = dict(os.environ)
    if kind == "postgres":
        command = [sys.executable, "-m", "tools.postgres", *command]
    else:
        environment.pop(postgres.ADDRESS, None)
    if sys.stdout.isatty():
        command.append("--color=yes")
    closing = ""
    child = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert child.stdout is not None
    try:
        for line in child.stdout:
            print(line, end="", flush=True)
            closing = line.strip() or closing
        return child.wait(), closing
    except (KeyboardInterrupt, SystemExit):  # Ctrl-C has reached the child too; SIGTERM has not
        child.terminate()
        child.wait()
        raise


def main(arguments: list[str]) -> int:
    """This will run the parts asked for and end with pytest's closing line of each. Worst exit code wins."""
    kind = arguments[0] if arguments else "sqlite"
    if kind not in TITLES:
        print("usage: python -m tools.suite " + "|".join(TITLES), file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    kinds = [kind]
    if kind == "sqlite":
        if os.environ.get("BROWSER") == "no":
            print("The browser journeys are left out: BROWSER=no. `make e2e` runs them.")
        elif machine.chromium():
            kinds.append("browser")
        else:
            print("The browser journeys are SKIPPED: no Chromium was found.")
            print(f"To have it: {machine.line_to_type([machine.CHROMIUM])}")
    results = {one: run(one) for one in kinds}
    if len(results) > 1:
        # The failing part last: the last line of the output is the one that is read.
        for one, (code, closing) in sorted(results.items(), key=lambda item: item[1][0]):
            if code != NOTHING_CHOSEN or kind == one:
                print(f"{TITLES[one]}:\n{closing}")
    codes = [
        0 if code == NOTHING_CHOSEN and os.environ.get("ARGS") and len(results) > 1 else code
        for code, _ in results.values()
    ]
    return max(codes)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
