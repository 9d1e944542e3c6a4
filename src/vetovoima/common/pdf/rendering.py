"""Asking for a document: data in, bytes out, one exception that says what to do."""

from __future__ import annotations

import json
import logging
import re
import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from vetovoima.common.sandbox import run_job

from .letters import printable_data
from .look import Look

log = logging.getLogger(__name__)
LANGUAGES = ("fi", "en", "sv")
SECONDS = 20
#: more is no document that somebody reads
MOST_CHARACTERS = 4_000_000
WORDS: Mapping[str, str | Promise] = {
    "time": _("Setting the PDF took too long, so it was stopped. Leave something out and try again."),
    "memory": _("The PDF needs more memory than a document may. Leave something out and try again."),
    "large": _("There is too much text for one PDF. Leave something out and try again."),
    "refused": _(
        "The PDF could not be made. The page itself shows the same; tell the maintainers of the service."
    ),
}


class CannotRender(Exception):
    """There is no PDF; the message is a sentence for whoever asked, `code` one of `WORDS`."""

    def __init__(self, code: str) -> None:
        self.code = code if code in WORDS else "refused"
        super().__init__(str(WORDS[self.code]))


def render(
    template: str,
    data: Mapping[str, Any],
    *,
    title: str,
    language: str,
    author: str,
    look: Look,
    dated: str,
    moment: datetime,
    example: str = "",
    sources: Sequence[str] = (),
    seconds: int = SECONDS,
) -> bytes:
    """This will set a template of the product (its path below the package) with data, and return the PDF.

    `dated` says of when the data is and stands on every page, as does `example` ("EXAMPLE", or nothing); `moment` is the
    document's own time, so that the same data give the same bytes. Raises CannotRender.
    """
    order = {
        "title": title, "language": language if language in LANGUAGES else "en", "author": author, "dated": dated,
        "example": example, "sources": list(sources), "look": look.as_data(), "words": _words(language), "data": data,
    }  # fmt: skip
    text = json.dumps(printable_data(order), ensure_ascii=False)
    if len(text) > MOST_CHARACTERS:
        raise CannotRender("large")
    return _set({"template": template, "order": json.loads(text), "moment": int(moment.timestamp())}, seconds)


def _words(language: str) -> dict[str, str]:
    """The few words that the base template itself says."""
    with override(language):
        return {"page": gettext("Page {page} of {all}"), "sources": gettext("Sources")}


def render_picture(
    template: str,
    data: Mapping[str, Any],
    *,
    drawing: str,
    language: str,
    colours: Mapping[str, str],
    seconds: int = SECONDS,
) -> bytes:
    """This will set a template of one page as a PNG, a pixel for each point of the page.

    `drawing` is SVG that the product has drawn itself; whatever people wrote is in `data`. Raises CannotRender.
    """
    order = {
        "language": language if language in LANGUAGES else "en", "colours": dict(colours), "data": printable_data(data),
        "drawing": drawing,
    }  # fmt: skip
    return _set({"template": template, "order": order, "moment": 0, "picture": True}, seconds, "picture.png")


def _set(order: dict[str, Any], seconds: int, name: str = "paper.pdf") -> bytes:
    with tempfile.TemporaryDirectory(prefix="pdf-") as folder:
        Path(folder, "order.json").write_text(json.dumps(order, ensure_ascii=False))
        done = run_job("pdf", folder, seconds=seconds)
        paper = Path(folder, name)
        if done.failure or not paper.exists():
            # The typesetter's reason quotes the text that it stopped at, which may be confidential: cut before it.
            why = re.split(r"[`\"]", str(done.details.get("why", "")), maxsplit=1)[0]
            log.warning("no %s from %s: %s %s", name, order["template"], done.failure, why)
            raise CannotRender(done.failure)
        return paper.read_bytes()
