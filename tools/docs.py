"""The documentation: every link inside it leads somewhere, and every setting of the code is described.

`python -m tools.docs` prints what is wrong and returns 1 when something is.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from tools import stamps

PREFIX = "VETOVOIMA_"
SETTINGS_PAGE = stamps.ROOT / "docs/operator/settings.md"
READERS = {"text", "flag", "number", "words"}  # the methods of vetovoima.config.environment.Environment
FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
REFERENCE = re.compile(r"^\[[^\]]+\]:\s+(\S+)", re.MULTILINE)
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*\s*$", re.MULTILINE)
BUILD_TIME = re.compile(rf"process\.env\.({PREFIX}[A-Z0-9_]+)")
NAMED = re.compile(r"<a\s+(?:id|name)=\"([^\"]+)\"")


def pages() -> list[Path]:
    """This will return the pages of the documentation: those at the top and those under docs/."""
    return sorted([*stamps.ROOT.glob("*.md"), *stamps.ROOT.glob("docs/**/*.md")])


def anchors(page: Path) -> set[str]:
    """This will return the anchors of a page as the usual hosts make them from its headings."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    found: set[str] = set(NAMED.findall(text))
    counts: dict[str, int] = {}
    for heading in HEADING.findall(text):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").replace("*", "")
        slug = re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-")
        counts[slug] = counts.get(slug, -1) + 1
        found.add(slug if counts[slug] == 0 else f"{slug}-{counts[slug]}")
    return found


def dead_links() -> list[str]:
    """This will return every link inside the project that leads nowhere, with its page and line."""
    lines = []
    for page in pages():
        text = page.read_text(encoding="utf-8")
        bare = CODE.sub(_blank, FENCE.sub(_blank, text))
        for match in [*LINK.finditer(bare), *REFERENCE.finditer(bare)]:
            target = match.group(1)
            if re.match(r"[a-z][a-z0-9+.-]*:", target, re.IGNORECASE):
                continue  # addresses outside are not visited: the check must work without a network
            path, _, anchor = target.partition("#")
            there = (page.parent / unquote(path)).resolve() if path else page
            where = f"{page.relative_to(stamps.ROOT)}:{text.count(chr(10), 0, match.start()) + 1}"
            if not there.exists():
                lines.append(f"{where}: leads nowhere: {target}")
            elif anchor and there.suffix == ".md" and anchor not in anchors(there):
                lines.append(f"{where}: no such heading: {target}")
    return lines


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group(0))


def settings_read() -> dict[str, str]:
    """This will return every setting that the code reads from the environment, with the place that reads it."""
    found: dict[str, str] = {}
    for path in sorted((stamps.ROOT / "src/vetovoima").rglob("*.py")):
        for name, line in _names_read(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(name, f"{path.relative_to(stamps.ROOT)}:{line}")
    for path in sorted((stamps.ROOT / "frontend").glob("*.ts")):  # read while the front end is built
        text = path.read_text(encoding="utf-8")
        for match in BUILD_TIME.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            found.setdefault(match.group(1), f"{path.relative_to(stamps.ROOT)}:{line}")
    return found


def _names_read(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            word, method, source = _text(node.args[0]), node.func.attr, node.func.value
            if word and method in READERS and _is_environment(source):
                yield PREFIX + word, node.lineno
            elif word.startswith(PREFIX):  # os.environ.get("…"), os.environ.setdefault("…", …)
                yield word, node.lineno
        elif isinstance(node, ast.Subscript) and _text(node.slice).startswith(PREFIX):
            yield _text(node.slice), node.lineno


def _is_environment(node: ast.expr) -> bool:
    """`env.text(…)` or `Environment().text(…)`."""
    maker = node.func if isinstance(node, ast.Call) else node
    return isinstance(maker, ast.Name) and maker.id in {"env", "environment", "Environment"}


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def undescribed_settings() -> list[str]:
    """This will return the settings that the code reads and the operator's page does not name, and the other way round."""
    read = settings_read()
    page = SETTINGS_PAGE.read_text(encoding="utf-8") if SETTINGS_PAGE.exists() else ""
    described = set(re.findall(rf"`({PREFIX}[A-Z0-9_]+)`", page))
    where = SETTINGS_PAGE.relative_to(stamps.ROOT)
    lines = [
        f"{place}: {name} is read here and not described in {where}"
        for name, place in read.items()
        if name not in described
    ]
    for name in sorted(described - read.keys()):
        if not (name.endswith("_FILE") and name.removesuffix("_FILE") in read):
            lines.append(f"{where}: {name} is described, but nothing reads it")
    return lines


def main() -> int:
    """This will print what is wrong with the documentation and return 1 when something is."""
    lines = dead_links() + undescribed_settings()
    for line in lines:
        print(line)
    print(f"{len(pages())} pages, {len(settings_read())} settings, {len(lines)} problems")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
