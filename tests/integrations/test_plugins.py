"""What both plugins have in common: files that PHP reads, wishes that the portal knows, a licence that is said."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.integrations.conftest import INTEGRATIONS
from vetovoima.api.embed.asking import BESIDE
from vetovoima.api.parameters import KNOWN

CODE = sorted(
    path
    for path in INTEGRATIONS.rglob("*")
    if path.suffix in (".php", ".module", ".install") and path.is_file()
)
#: what a plugin says itself, or what makes no sense for a piece of a page: it has the page's own colours, and no second one
OWN = {"municipality", "lang", "offset", "channel", "theme"}


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(INTEGRATIONS)))
def test_php_reads_it(php: str, path: Path) -> None:
    done = subprocess.run([php, "-l", str(path)], capture_output=True, text=True, check=False)
    assert (done.returncode, "No syntax errors" in done.stdout) == (0, True), done.stdout + done.stderr


def test_the_script_of_the_block_is_read(node: str) -> None:
    path = INTEGRATIONS / "wordpress/vetovoima/block/block.js"
    assert subprocess.run([node, "--check", str(path)], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(
    ("path", "name"),
    [("wordpress/vetovoima/includes/asking.php", "VETOVOIMA_WISHES = array("), ("drupal/vetovoima/src/Offer.php", "WISHES = [")],
)  # fmt: skip
def test_both_wish_for_what_the_portal_knows(path: str, name: str) -> None:
    code = (INTEGRATIONS / path).read_text(encoding="utf-8")
    said = re.findall(r"'(\w+)'", code.split(name, 1)[1].split(";", 1)[0])
    assert sorted(said) == sorted({*KNOWN, *BESIDE} - OWN)


def test_the_licence_is_the_projects() -> None:
    main = (INTEGRATIONS / "wordpress/vetovoima/vetovoima.php").read_text(encoding="utf-8")
    read_me = (INTEGRATIONS / "wordpress/vetovoima/readme.txt").read_text(encoding="utf-8")
    about = json.loads((INTEGRATIONS / "drupal/vetovoima/composer.json").read_text(encoding="utf-8"))
    assert re.search(r"License: +EUPL-1\.2", main) and "License: EUPL-1.2" in read_me
    assert about["license"] == "EUPL-1.2"
    assert "GNU General Public License (GPL) v. 2, v. 3" in (INTEGRATIONS.parent / "LICENSE").read_text(
        encoding="utf-8"
    )
