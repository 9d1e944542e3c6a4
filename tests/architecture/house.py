"""What the architecture tests share: the order of the apps, and the code as syntax trees."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src/vetovoima"
INTERFACE_APPS = ("portal", "desk", "api")


@cache
def ranks() -> dict[str, int]:
    """This will return how high each app stands, read from the one place that says it: pyproject's import order."""
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = next(contract["layers"] for contract in linter["contracts"] if contract["id"] == "order")
    return {app.strip(): rank for rank, layer in enumerate(reversed(layers)) for app in layer.split("|")}


@dataclass(frozen=True)
class Module:
    """One Python file of the package."""

    path: Path

    @property
    def app(self) -> str:
        return self.path.relative_to(PACKAGE).parts[0]

    @property
    def place(self) -> str:
        return str(self.path.relative_to(ROOT))

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.path)


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def modules(*apps: str, migrations: bool = False) -> list[Module]:
    """This will return the modules of some apps, or of all of them."""
    found = [Module(path) for path in sorted(PACKAGE.rglob("*.py"))]
    return [
        module
        for module in found
        if (not apps or module.app in apps) and (migrations or "migrations" not in module.path.parts)
    ]


def run_time_nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """This will walk a tree without what stands under `if TYPE_CHECKING:`."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            for other in child.orelse:
                yield from run_time_nodes(other)
            continue
        yield child
        yield from run_time_nodes(child)


def imports(module: Module) -> Iterator[tuple[str, int]]:
    """This will return the full names that a module imports when it runs, with their lines."""
    for node in run_time_nodes(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node.lineno


def report(lines: list[str], advice: str) -> str:
    """This will return the message of a broken rule: where, and where the thing belongs."""
    return "\n".join(["", *lines, "", advice])
