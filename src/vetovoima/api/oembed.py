"""oEmbed: whoever pastes an address of ours into a page gets the frame that shows it (https://oembed.com, version 1.0).

Consumers send more than the standard names (`dnt`, `discover` …), and the standard asks to overlook it: this is the one
machine door that does not refuse unknown parameters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import override

from vetovoima.common.fields import LANGUAGES
from vetovoima.reference.queries import municipality, region
from vetovoima.syndication.queries import published_site

from .caching import FRESH_SECONDS, Refused, json_answer, problem
from .doors import text_door
from .parameters import KNOWN, feed_request

LANGUAGE = f"(?P<language>{'|'.join(LANGUAGES)})"
RECORD = re.compile(rf"/{LANGUAGE}/(?:sites|opportunities)/(?P<code>[A-Za-z0-9-]{{1,30}})/?")
TOWN = re.compile(rf"/{LANGUAGE}/municipalities/(?P<slug>[a-z0-9-]{{1,60}})/?")
SEARCH = re.compile(rf"/{LANGUAGE}/sites/?")
#: what is behind a sign-in: the standard has an answer of its own for it
PRIVATE = ("/desk/", "/cms/", "/accounts/", "/answer/")
WIDTH, HEIGHT, HEIGHT_OF_ONE = 720, 560, 340
#: a frame smaller than this shows nothing that can be read
LEAST, MOST = 100, 10_000
#: what a search page may be asked with beside what the frame understands: how it is shown
HOW_SHOWN = ("page", "view", "fragment", "limit", "offset", "sort", "lang", "bbox")


@dataclass(frozen=True)
class Shown:
    """What an address leads to: the frame that shows it, its name, and how high the frame would like to be."""

    frame: str
    title: str
    height: int = HEIGHT


@text_door
def oembed(request: HttpRequest) -> HttpResponse:
    """This will answer the frame of a record, a municipality or a search; 404, 401 and 501 as the standard says."""
    if request.GET.get("format", "json").lower() != "json":
        return problem(501, _("Not implemented"), _("This door speaks JSON alone: format=json."))
    address = request.GET.get("url", "")
    if not address:
        raise Refused(_("Say in url which address of ours is to be shown."), parameter="url")
    parts = _ours(request, address)
    if parts is None:
        return _nothing()
    if parts.path.startswith(PRIVATE):
        return problem(401, _("Not public"), _("What is behind a sign-in cannot be shown on other pages."))
    found = _shown(request, parts.path, parts.query)
    return _nothing() if found is None else json_answer(_answer(request, found))


def _nothing() -> HttpResponse:
    said = _(
        "Nothing can be shown for this address. Give that of a public record, a municipality or a search."
    )
    return problem(404, _("Not found"), said)


def _ours(request: HttpRequest, address: str) -> Any:
    """The parts of an address of this service, or None for any other."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    hosts = {request.get_host(), urlsplit(settings.VETOVOIMA_PUBLIC_URL).netloc}
    return parts if parts.scheme in ("http", "https") and parts.netloc in hosts else None


def _shown(request: HttpRequest, path: str, query: str) -> Shown | None:
    if match := RECORD.fullmatch(path):
        return _record(match["language"], match["code"].upper())
    if match := TOWN.fullmatch(path):
        return _town(match["language"], match["slug"])
    if match := SEARCH.fullmatch(path):
        return _search(request, match["language"], query)
    return None


def _record(language: str, code: str) -> Shown | None:
    found = published_site(code, language)
    if found is None:
        return None
    slug = found.body["municipality"]["slug"]
    return Shown(_frame(slug, {"q": code, "lang": language}), found.body["name"]["text"], HEIGHT_OF_ONE)


def _town(language: str, slug: str) -> Shown | None:
    found = municipality(slug)
    return Shown(_frame(slug, {"lang": language}), found.name.best(language)[0]) if found else None


def _search(request: HttpRequest, language: str, query: str) -> Shown | None:
    """The frame of a search: of one municipality where the search is, else of the region."""
    asked: dict[str, str] = {}
    for name, value in parse_qsl(query[:2000]):
        if name in KNOWN and name not in HOW_SHOWN:
            asked[name] = f"{asked[name]},{value}" if name in asked else value
    with override(language):
        title = _("Sites")
    if not _is_understood(request, asked, language):
        return None
    town = asked.get("municipality", "")
    is_one = bool(town) and "," not in town
    rest = {name: value for name, value in asked.items() if not (is_one and name == "municipality")}
    return Shown(_frame(town if is_one else "", {**rest, "lang": language}), title)


def _is_understood(request: HttpRequest, asked: dict[str, str], language: str) -> bool:
    """Whether the frame would answer such a search; a search that the page itself marks as wrong has no frame."""
    tried = HttpRequest()
    tried.GET = QueryDict(urlencode(asked))
    tried.LANGUAGE_CODE = language
    try:
        feed_request(tried)
    except Refused:
        return False
    return True


def _frame(slug: str, asked: dict[str, str]) -> str:
    return f"/embed/{slug}/?{urlencode(asked)}" if slug else f"/embed/?{urlencode(asked)}"


def _answer(request: HttpRequest, found: Shown) -> dict[str, Any]:
    width, height = _most(request, "maxwidth", WIDTH), _most(request, "maxheight", found.height)
    whole = region()
    provider = whole.site_name.best(getattr(request, "LANGUAGE_CODE", "en"))[0] if whole else "Vetovoima"
    address = request.build_absolute_uri(found.frame)
    frame = format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy" frameborder="0"></iframe>',
        address, width, height, f"{found.title} – {provider}",
    )  # fmt: skip
    return {
        "version": "1.0",
        "type": "rich",
        "title": found.title,
        "provider_name": provider,
        "provider_url": request.build_absolute_uri("/"),
        "cache_age": FRESH_SECONDS,
        "html": str(frame),
        "width": width,
        "height": height,
    }


def _most(request: HttpRequest, name: str, usual: int) -> int:
    """The measure asked for, never more than is needed."""
    text = request.GET.get(name, "")
    if not text:
        return usual
    if not text.isascii() or not text.isdigit() or not LEAST <= int(text[:9]) <= MOST:
        said = _("The parameter %(name)s must be a whole number from %(low)s to %(high)s.")
        raise Refused(said % {"name": name, "low": LEAST, "high": MOST}, parameter=name)
    return min(int(text), usual)
