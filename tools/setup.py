"""Put in place what a make target needs: `python3 -m tools.setup demo|test|test-postgres|e2e|lint|bench|docs|messages`.

Runs on any python3 of the machine, before there is an environment, and keeps to the standard library. What is already
in place is recognised by stamps, so a second start costs a fraction of a second.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tools import catalogues, frontend, interpreter, machine, stamps

ROOT, VENV = stamps.ROOT, stamps.VENV
PYTHON = VENV / "bin" / "python"
LOCKS = {"runtime": ROOT / "requirements/runtime.txt", "test": ROOT / "requirements/test.txt"}
# target: (lock file, front end too, system packages it can do without, system packages it cannot do without)
TARGETS = {
    "demo": ("runtime", True, (machine.VOIKKO,), ()),
    "test": ("test", True, (machine.VOIKKO, machine.CHROMIUM, machine.PHP), ()),
    "test-postgres": ("test", True, (machine.VOIKKO,), (machine.POSTGRES,)),
    "e2e": ("test", True, (machine.VOIKKO,), (machine.CHROMIUM,)),
    "lint": ("test", False, (machine.GETTEXT,), ()),
    "bench": ("test", True, (machine.VOIKKO, machine.WRK, machine.CHROMIUM), ()),
    "docs": ("test", False, (), ()),
    "messages": ("test", False, (), (machine.GETTEXT,)),
}
LAUNCHER = """#!/bin/sh
'''exec' "{python}" "$0" "$@"
'''
import sys

from vetovoima.config.cli import main

sys.exit(main())
"""


def main(arguments: list[str]) -> int:
    """This will set up one target and return 0, or say in words what is missing and return 1."""
    if len(arguments) != 1 or arguments[0] not in TARGETS:
        print("usage: python3 -m tools.setup " + "|".join(TARGETS), file=sys.stderr)
        return 2
    target = arguments[0]
    lock, with_frontend, wishes, musts = TARGETS[target]
    if target == "test" and os.environ.get("BROWSER") == "no":
        wishes = tuple(need for need in wishes if need is not machine.CHROMIUM)
    if os.environ.get("VETOVOIMA_TEST_DATABASE_URL"):
        musts = tuple(need for need in musts if need is not machine.POSTGRES)
    with _alone():
        missing = machine.provide(*musts, *wishes)
        if any(need in musts for need in missing):
            print(f"set-up: make {target} cannot go on without it.", file=sys.stderr)
            return 1
        _environment()
        _packages(lock)
        _project()
        _messages()
        if with_frontend:
            frontend.build(PYTHON)
        if target == "bench":
            frontend.install_lighthouse(PYTHON)
    return 0


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Two set-ups at once would install over each other: the second waits."""
    (ROOT / "var").mkdir(exist_ok=True)
    with (ROOT / "var/setup.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("set-up: waiting for another set-up of this folder …", flush=True)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _environment() -> None:
    """The environment, made anew when it is missing, broken, moved, or built on another Python than the one named."""
    found = interpreter.probe(str(PYTHON)) if PYTHON.exists() else None
    if found and found.is_new_enough and _has_pip() and _is_as_wanted(found):
        return
    base = _interpreter()
    began = time.monotonic()
    print(f"set-up: making .venv with {base.label} ({base.path})", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([base.path, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False)
    if made.returncode:
        raise SystemExit(f"set-up: {base.path} -m venv failed:\n{made.stdout}{made.stderr}")
    print(f"        {time.monotonic() - began:.0f} s", flush=True)


def _has_pip() -> bool:
    found = subprocess.run([str(PYTHON), "-c", "import pip"], capture_output=True, check=False)
    return found.returncode == 0


def _is_as_wanted(found: interpreter.Interpreter) -> bool:
    wanted = os.environ.get("PYTHON")
    other = interpreter.probe(shutil.which(wanted) or wanted) if wanted else None
    return other is None or other.version == found.version


def _interpreter() -> interpreter.Interpreter:
    found = interpreter.candidates()
    for one in found:
        if one.is_fit:
            return one
    for one in found:  # Debian ships venv apart from Python
        if one.is_new_enough and one.path.startswith("/usr/bin/") and machine.may_install():
            package = "python{}.{}-venv".format(*one.version[:2])
            print(f"set-up: installing {package}", flush=True)
            machine.apt_install([package])
            again = interpreter.probe(one.path)
            if again and again.is_fit:
                return again
    raise SystemExit(interpreter.explain(found))


def _packages(lock: str) -> None:
    """The locked packages. The test lock contains the runtime lock, so it serves both."""
    wanted = {name: stamps.digest([path]) for name, path in LOCKS.items()}
    if stamps.read("packages-test") == "{test}{runtime}".format(**wanted):
        return
    if lock == "runtime" and stamps.read("packages-runtime") == wanted["runtime"]:
        return
    text = LOCKS[lock].read_text(encoding="utf-8").splitlines()
    count = sum("==" in line and not line.startswith((" ", "#")) for line in text)
    began = time.monotonic()
    print(f"set-up: installing {count} locked Python packages …", flush=True)
    stamps.forget("packages-test", "packages-runtime")
    # The lock is whole, so pip need not resolve; every file must match a hash of the lock.
    words = [
        "install",
        "--require-hashes",
        "--no-deps",
        "--disable-pip-version-check",
        "--no-input",
        "-qq",
        "--progress-bar=off",
    ]
    done = subprocess.run(
        [str(PYTHON), "-m", "pip", *words, "--requirement", str(LOCKS[lock])],
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        raise SystemExit(
            "set-up: pip could not install the packages (see above). Is the package index within reach?"
        )
    if lock == "test":
        stamps.write("packages-test", "{test}{runtime}".format(**wanted))
    stamps.write("packages-runtime", wanted["runtime"])
    print(f"        {time.monotonic() - began:.0f} s", flush=True)


def _project() -> None:
    """The project itself: a path file and a launcher. `pip install -e` would have to fetch a build system first."""
    launcher = VENV / "bin" / "vetovoima"
    content = LAUNCHER.format(python=PYTHON)
    if (
        launcher.exists()
        and launcher.read_text(encoding="utf-8") == content
        and stamps.read("project") == str(ROOT)
    ):
        return
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    answer = subprocess.run([str(PYTHON), "-c", ask], capture_output=True, text=True, check=True)
    (Path(answer.stdout.strip()) / "vetovoima.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    launcher.write_text(content, encoding="utf-8")
    launcher.chmod(0o755)
    stamps.write("project", str(ROOT))


def _messages() -> None:
    """The compiled catalogues, when a catalogue changed or its compiled twin is gone."""
    sources = catalogues.sources()
    wanted = stamps.digest(sources)
    if stamps.read("messages") == wanted and all(source.with_suffix(".mo").exists() for source in sources):
        return
    done = subprocess.run([str(PYTHON), "-m", "tools.catalogues"], cwd=ROOT, check=False)
    if done.returncode:
        raise SystemExit("set-up: the message catalogues could not be compiled (see above)")
    stamps.write("messages", wanted)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
