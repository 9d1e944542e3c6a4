"""Reading pages as people do: their words, and what their forms hold."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.http import QueryDict


def words(response: Any) -> str:
    """This will return the visible text of a page, with single spaces."""
    page = re.sub(r"<(script|style|head)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page))).strip()


def _is_sent(given: dict[str, str]) -> bool:
    kind = given.get("type")
    return kind not in {"submit", "file"} and (kind not in {"checkbox", "radio"} or "checked" in given)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, QueryDict]] = []
        self._select = self._area = ""
        self._text = ""

    def _put(self, name: str | None, value: str) -> None:
        if self.forms and name:
            self.forms[-1][1].appendlist(name, value)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((given.get("action", ""), QueryDict(mutable=True)))
        elif tag == "select":
            self._select = given.get("name", "")
        elif tag == "option" and self._select and "selected" in given:
            self._put(self._select, given.get("value", ""))
        elif tag == "textarea":
            self._area, self._text = given.get("name", ""), ""
        elif tag == "input" and _is_sent(given):
            self._put(given.get("name"), given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._area:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._put(self._area, self._text.removeprefix("\n"))
            self._area = ""


def form(response: Any, action: str) -> QueryDict:
    """This will return what a form of the page would send; `action` is a part of its address, empty for its own page."""
    reader = _Forms()
    reader.feed(response.content.decode())
    found = [sent for address, sent in reader.forms if (action in address if action else not address)]
    assert found, f"no form for {action!r}"
    return found[0]
