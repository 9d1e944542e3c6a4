"""The doors of embeds. All read published documents, set no cookie, and carry the mark of what they show."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from csp.constants import SELF
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override

from vetovoima.api.caching import is_unchanged, json_answer, not_modified, problem, with_rules
from vetovoima.api.doors import file_door, own_text_door, text_door
from vetovoima.syndication.embedding.queries import allowed_origins

from .asking import EmbedRequest, NotThere, embed_request
from .content import content_of, linked_data, repeated, state_of, texts_of

Door = Callable[..., HttpResponse]
#: what the frame's own question for the mark leaves out: how it is shown changes nothing of what is shown
NOT_OF_MARK = {"theme", "channel"}


def _base(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _read(view: Door) -> Door:
    """This will read what an embed is asked, speak its language, and say in a problem what is not there."""

    @wraps(view)
    def opened(request: HttpRequest, slug: str = "") -> HttpResponse:
        try:
            asked = embed_request(request, slug)
        except NotThere:
            return problem(404, _("Not found"), _("There is no municipality %(name)s.") % {"name": slug[:30]})
        with override(asked.language):
            return view(request, asked)

    return opened


def framed(view: Door) -> Door:
    """This will let the allowed websites show an answer in a frame, and our own desk; nobody else.

    Outside the rules of machine doors: a 304 carries the list too, for browsers put its headers over those they kept. They
    ask each time, which costs a 304: a website that was allowed just now would else stay without the frame for a minute.
    """

    @wraps(view)
    def opened(request: HttpRequest, slug: str = "") -> HttpResponse:
        response = view(request, slug=slug)
        response._csp_replace = {"frame-ancestors": [SELF, *allowed_origins(slug)]}  # type: ignore[attr-defined]
        response.xframe_options_exempt = True
        if response.status_code in (200, 304):
            response.headers["Cache-Control"] = "public, no-cache"
        return response

    return opened


@framed
@text_door
@_read
def frame(request: HttpRequest, asked: EmbedRequest) -> HttpResponse:
    """This will answer a whole page to be shown in a frame: of a municipality's offer, or of the region's."""
    shown = {
        **_context(request, asked),
        "mark_address": _mark_address(asked),
        "repeated": repeated(asked, in_frame=True),
    }
    return render(request, "api/embed.html", shown)


@text_door
@_read
def fragment(request: HttpRequest, asked: EmbedRequest) -> HttpResponse:
    """This will answer plain HTML that a website's server puts into its own page: no script, no style."""
    context = _context(request, asked)
    more = {"json_ld": linked_data(context["content"]), "repeated": repeated(asked, in_frame=False)}
    return render(request, "api/fragment.html", {**context, **more})


def _context(request: HttpRequest, asked: EmbedRequest) -> dict[str, Any]:
    content = content_of(asked, _base(request))
    return {
        "asked": asked,
        "content": content,
        "language": asked.language,
        "row": f"api/embed/{'record' if asked.mode == 'record' else 'item'}.html",
        "search_path": f"{_base(request)}/{asked.language}/sites/",
    }


def _mark_address(asked: EmbedRequest) -> str:
    """Where the frame's script asks whether what it shows is still what is published."""
    query = {name: value for name, value in asked.feed.given.items() if name not in NOT_OF_MARK}
    if asked.slug:
        query["municipality"] = asked.slug
    return f"/embed/version.json?{urlencode({**query, 'lang': asked.language})}"


@text_door
@_read
def data(request: HttpRequest, asked: EmbedRequest) -> HttpResponse:
    """This will answer what an embed shows as JSON: the component reads it."""
    content = content_of(asked, _base(request))
    return json_answer({**content, "texts": texts_of(content)})


@file_door
@_read
def version(request: HttpRequest, asked: EmbedRequest) -> HttpResponse:
    """This will answer the mark of what an embed shows now: {"version": …, "total": n}."""
    return json_answer(state_of(asked))


@own_text_door
def embed_script(request: HttpRequest) -> HttpResponse:
    """This will answer the component `<vetovoima-sites>`; its mark is of the file, which changes with the product alone."""
    path = Path(settings.PACKAGE_DIR) / "static" / "build" / "embed.js"
    if not path.exists():
        return problem(503, _("Not built"), _("The front end is not built. Run make demo once."))
    content, etag = _script(path, path.stat().st_mtime_ns)
    response = HttpResponse(content, content_type="text/javascript; charset=utf-8")
    if is_unchanged(request, etag, None):
        response = not_modified()
    return with_rules(response, etag, None)


@lru_cache(maxsize=1)
def _script(path: Path, _changed: int) -> tuple[bytes, str]:
    content = path.read_bytes()
    return content, f'W/"{hashlib.sha256(content).hexdigest()[:24]}"'
