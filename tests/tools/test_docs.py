"""The check of the documentation."""

from __future__ import annotations

import ast

import pytest

from tools import docs


@pytest.fixture
def project(tmp_path, monkeypatch):
    """This will make an empty project of documents."""
    monkeypatch.setattr(docs.stamps, "ROOT", tmp_path)
    (tmp_path / "docs").mkdir()
    return tmp_path


def test_a_link_to_a_page_and_its_heading_is_alive(project):
    (project / "README.md").write_text("See [how](docs/how.md#first-steps-two).", encoding="utf-8")
    (project / "docs/how.md").write_text("# First steps: `two`\n[back](../README.md)", encoding="utf-8")

    assert docs.dead_links() == []


def test_dead_links_are_named_with_page_and_line(project):
    (project / "README.md").write_text("one\n[how](docs/gone.md)\n[where](#nowhere)\n", encoding="utf-8")

    assert docs.dead_links() == [
        "README.md:2: leads nowhere: docs/gone.md",
        "README.md:3: no such heading: #nowhere",
    ]


def test_code_and_addresses_outside_are_left_alone(project):
    (project / "README.md").write_text(
        "`[x](y)` [out](https://example.org/a)\n```\n[x](y)\n```\n", encoding="utf-8"
    )

    assert docs.dead_links() == []


def test_the_settings_are_found_however_they_are_read():
    code = """
env.text("REGION"), env.flag("TLS", True), Environment().number("C", 1), env.text(name)
os.environ.get("VETOVOIMA_A"), os.environ["VETOVOIMA_B"]
"""

    found = [name for name, _ in docs._names_read(ast.parse(code))]

    assert sorted(found) == [f"VETOVOIMA_{name}" for name in ("A", "B", "C", "REGION", "TLS")]
