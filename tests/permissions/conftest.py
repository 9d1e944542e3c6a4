"""What the tests of the rights share."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse

from vetovoima.portal import errors


class Refusals:
    """The pages of 403 and 404: whole, or a bare status where only the status is looked at.

    Half of what the matrix and the canary ask for is refused, thousands of times by the same page; drawing it each
    time would be most of their work. The page itself is read by the canary as a municipality's officer.
    """

    def __init__(self) -> None:
        self.are_bare = False
        self._page = errors._page

    def page(self, request: HttpRequest, status: int) -> HttpResponse:
        """This will stand in for the page of an error."""
        return HttpResponse(status=status) if self.are_bare else self._page(request, status)


@pytest.fixture
def refusals(monkeypatch: pytest.MonkeyPatch) -> Refusals:
    found = Refusals()
    monkeypatch.setattr(errors, "_page", found.page)
    return found


@pytest.fixture(autouse=True)
def _no_copies_of_contexts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django's test client copies the context of every template it sees; nothing here looks at one, ten thousand times."""

    def forget(*_said: Any, **_more: Any) -> None: ...

    monkeypatch.setattr("django.test.client.store_rendered_templates", forget)
