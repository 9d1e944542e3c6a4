"""Two at once: what somebody else takes away between the look of a view and its work."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest


def gone_after_it_was_found(monkeypatch: pytest.MonkeyPatch, views: ModuleType, finder: str) -> None:
    """This will have the thing that a module's views find by `finder` removed as soon as it was found."""
    find = getattr(views, finder)

    def found_and_gone(*asked: Any) -> Any:
        found = find(*asked)
        type(found).objects.filter(pk=found.pk).delete()
        return found

    monkeypatch.setattr(views, finder, found_and_gone)
