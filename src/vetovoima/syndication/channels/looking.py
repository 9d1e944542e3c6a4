"""One look at a page: fetched by the one safe way out, within a total time and size, and judged by its markup alone."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from ssl import SSLError
from urllib.parse import parse_qs, urljoin, urlsplit

from django.conf import settings
from django.utils import timezone

from vetovoima.common.http import Answer, CannotFetch, Deadline, NotModified, Refused, Request, TryLater, send
from vetovoima.syndication.questions import LIMIT, SORT

from .addresses import normal_address, origin_of
from .enums import Seen, Way
from .models import ChannelPage
from .question import NAMES
from .reporting import VERSION
from .scanning import Tag, TooTangled, embeds_in, text_of

log = logging.getLogger(__name__)
#: the whole look: names, connections, and every address that the page forwards to
CALL_SECONDS = 15.0
LARGEST = 3_000_000
MOST_FORWARDS = 5
#: what a server is asked for: as a reader's browser asks, so that it answers with the page that readers get
HEADERS = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"}
#: what an embed asks when nothing is said
UNSAID = {"mode": "list", "sort": SORT, "limit": str(LIMIT), "offset": "0", "examples": "yes"}
_PAGES = frozenset({"", "text/html", "application/xhtml+xml"})
_BY_CODE = {
    "too_long": Seen.TOO_LONG, "cut": Seen.CUT, "unknown_name": Seen.UNKNOWN_NAME, "too_large": Seen.TOO_LARGE,
    "compressed": Seen.COMPRESSED, "not_found": Seen.NOT_FOUND, "closed": Seen.CLOSED, "status": Seen.ERROR,
    "not_public": Seen.NOT_ALLOWED, "not_an_address": Seen.NOT_ALLOWED, "not_allowed": Seen.NOT_ALLOWED,
    "port": Seen.NOT_ALLOWED,
}  # fmt: skip


@dataclass(frozen=True)
class Sight:
    """What one look came to: a class, a number and a mark of ours; nothing else of the page."""

    seen: Seen
    at: datetime
    status: int | None = None
    #: the mark that the page carries; "" when it carries none
    version: str = ""
    #: where the page was found in the end
    landed: str = ""
    #: whether the embed asks for something else than is registered
    is_other_selection: bool = False
    #: how long the server asks us to stay away
    seconds: int = 0


def look_at(page: ChannelPage) -> Sight:
    """This will look at a page once. Whatever its server does, it takes at most `CALL_SECONDS` and a bounded memory."""
    now = timezone.now()
    try:
        answer, landed = _fetched(page.url, Deadline(CALL_SECONDS))
        return _read(page, answer, landed, now)
    except TryLater as error:
        return Sight(Seen.BUSY, now, error.status, seconds=error.seconds)
    except Refused as error:
        return Sight(_BY_CODE.get(error.code, Seen.LOOP), now, error.status)
    except NotModified:
        return Sight(Seen.ERROR, now, 304)
    except CannotFetch as error:
        is_certificate = isinstance(error.__cause__, SSLError)
        return Sight(_BY_CODE.get(error.code, Seen.CERTIFICATE if is_certificate else Seen.UNREACHABLE), now)
    except Exception as error:  # noqa: BLE001
        # Noted, so that it waits; its text may hold something of the page.
        log.error("channel %s: %s while visiting", page.key, type(error).__name__)
        return Sight(Seen.OURS, now)


def _fetched(url: str, deadline: Deadline) -> tuple[Answer, str]:
    """The page with its last address. Each address that it forwards to is checked as the first one is."""
    for _turn in range(MOST_FORWARDS + 1):
        try:
            return send(Request(url, headers=HEADERS, max_bytes=LARGEST), deadline), url
        except Refused as error:
            if error.code != "moved":
                raise
            last = error
            url = _next_address(url, str(error.details["to"]))
    raise last


def _next_address(url: str, to: str) -> str:
    try:
        return normal_address(urljoin(url, to))
    except ValueError as error:
        raise CannotFetch("not_an_address") from error


def _read(page: ChannelPage, answer: Answer, landed: str, now: datetime) -> Sight:
    media = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media not in _PAGES:
        return Sight(Seen.NOT_A_PAGE, now, answer.status, landed=landed)
    try:
        tags = list(embeds_in(text_of(answer.body)))
    except TooTangled:
        return Sight(Seen.TOO_LARGE, now, answer.status, landed=landed)
    seen, version, is_other = what_is_shown(page, tags)
    return Sight(seen, now, answer.status, version, landed, is_other)


def what_is_shown(page: ChannelPage, tags: Iterable[Tag]) -> tuple[Seen, str, bool]:
    """This will say of a page's tags what they show: a class, the mark, and whether the selection is another."""
    found = list(tags)
    if page.way == Way.COMPONENT:
        return _component(page, found)
    if page.way == Way.FRAME:
        return _frame(page, found)
    return _marked(page, found)


def base() -> str:
    """Our own address as the embeds know it."""
    return origin_of(settings.VETOVOIMA_PUBLIC_URL)


def _component(page: ChannelPage, tags: list[Tag]) -> tuple[Seen, str, bool]:
    ours = [tag for tag in tags if tag.name.startswith("vetovoima-")]
    if not ours:
        return Seen.GONE, "", False
    scripts = [
        tag.get("src") for tag in tags if tag.name == "script" and _path(tag.get("src")).endswith("/embed.js")
    ]
    is_loaded = any(_origin(one) == base() for one in scripts)
    right = [tag for tag in ours if _is_pages_own(page, tag.get("channel"), tag.get("municipality"))]
    if not right:
        return Seen.OTHER_CONTENT, "", False
    if any(tag.get("base") and _origin(tag.get("base")) != base() for tag in right):
        return Seen.OTHER_ADDRESS, "", False
    if not is_loaded and not any(tag.get("base") for tag in right):
        return (Seen.OTHER_ADDRESS if scripts else Seen.NO_SCRIPT), "", False
    return Seen.EMBED, "", not any(_asks_the_same(page, tag.attributes) for tag in right)


def _frame(page: ChannelPage, tags: list[Tag]) -> tuple[Seen, str, bool]:
    frames = [tag.get("src") for tag in tags if tag.name == "iframe" and "/embed/" in _path(tag.get("src"))]
    if not frames:
        return Seen.GONE, "", False
    ours = [src for src in frames if _origin(src) == base()]
    if not ours:
        return Seen.OTHER_ADDRESS, "", False
    asked = [(_path(src).split("/embed/", 1)[1].partition("/")[0], _parameters(src)) for src in ours]
    right = [
        given for slug, given in asked
        if _is_pages_own(page, given.get("channel", ""), slug or given.get("municipality", ""))
    ]  # fmt: skip
    if not right:
        return Seen.OTHER_CONTENT, "", False
    return Seen.EMBED, "", not any(_asks_the_same(page, given) for given in right)


def _marked(page: ChannelPage, tags: list[Tag]) -> tuple[Seen, str, bool]:
    """Fragments, files of the bundle, own programmes: the mark stands in the page itself."""
    marked = [
        tag for tag in tags if tag.name not in ("script", "iframe") and tag.get("data-vetovoima-version")
    ]
    if not marked:
        # An own programme need not carry the mark: then the version is known by its reports alone.
        return (Seen.EMBED if page.way == Way.FEED else Seen.NO_MARK), "", False
    right = [
        tag for tag in marked if _is_pages_own(page, tag.get("data-channel"), tag.get("data-municipality"))
    ]
    if not right:
        return Seen.OTHER_CONTENT, "", False
    own = [tag for tag in right if tag.get("data-channel") == page.key] or right
    versions = [tag.get("data-vetovoima-version").lower() for tag in own]
    good = next((one for one in versions if VERSION.fullmatch(one)), "")
    return (Seen.EMBED if good else Seen.NO_MARK), good, False


def _is_pages_own(page: ChannelPage, key: str, municipality: str) -> bool:
    """Whether an embed is this page's: by the key when it has one, else by the municipality that it shows."""
    if key:
        return key == page.key
    return municipality == page.shown_place


def _asks_the_same(page: ChannelPage, given: dict[str, str]) -> bool:
    names = [name for name in NAMES if name != "municipality"]
    return _said(given, names) == _said(page.question, names)


def _said(given: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """What is asked for beyond what holds when nothing is said."""
    return {name: given[name] for name in names if given.get(name) and given[name] != UNSAID.get(name)}


def _parameters(address: str) -> dict[str, str]:
    try:
        return {
            name: values[0] for name, values in parse_qs(urlsplit(address).query, max_num_fields=60).items()
        }
    except ValueError:
        return {}


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _origin(address: str) -> str:
    """The origin of an address in the page; addresses that begin with // have the scheme of ours."""
    try:
        return origin_of(
            urljoin(settings.VETOVOIMA_PUBLIC_URL, address) if address.startswith("//") else address
        )
    except ValueError:
        return ""
