"""The choice of a Python."""

from __future__ import annotations

import sys

from tools import interpreter
from tools.frontend import _suits
from tools.interpreter import Interpreter


def test_this_python_is_fit():
    found = interpreter.probe(sys.executable)

    assert found is not None
    assert found.is_new_enough
    assert found.version == tuple(sys.version_info[:3])


def test_what_does_not_run_is_none():
    assert interpreter.probe("/nowhere/python3") is None


def test_a_named_python_is_the_only_candidate(monkeypatch):
    monkeypatch.setenv("PYTHON", sys.executable)

    assert [one.version for one in interpreter.candidates()] == [tuple(sys.version_info[:3])]


def test_the_explanation_names_the_one_line_that_helps():
    old = Interpreter("/usr/bin/python3.9", (3, 9, 2), ())
    bare = Interpreter("/usr/bin/python3.11", (3, 11, 2), ("ensurepip",))

    words = interpreter.explain([old, bare])

    assert "/usr/bin/python3.9 (Python 3.9.2) is too old" in words
    assert "sudo apt-get install python3.11-venv" in words


def test_node_is_taken_only_where_the_build_runs():
    assert [_suits(version) for version in ("v18.20.4", "v20.18.1", "v20.19.0", "v21.7.3", "v22.11.0", "v22.12.0", "v24.1.0", "")] == [
        False, False, True, False, False, True, True, False,
    ]  # fmt: skip
