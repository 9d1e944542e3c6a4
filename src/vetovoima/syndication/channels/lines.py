"""The lines that belong into a registered page, for pasting: for the desk, the API, and the mail that says what to mend."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from vetovoima.syndication.embedding.lines import HEIGHTS, Embed

from .enums import Way
from .models import ChannelPage


def lines_for(page: ChannelPage) -> list[str]:
    """This will return the lines to paste into a page, each one line; of a fragment what its server has to fetch."""
    base, slug = settings.VETOVOIMA_PUBLIC_URL, page.municipality.slug if page.municipality else ""
    if page.way == Way.BUNDLE:
        return [f"{base}/export/{slug}.zip"] if slug else [f"{base}/export/"]
    if page.way == Way.FEED:
        asked = {"lang": page.language, **page.question, **({"municipality": slug} if slug else {})}
        return [f"{base}/feeds/sites.json?{urlencode(asked)}"]
    embed = _embed(page, base, slug)
    by_way = {Way.COMPONENT: embed.component, Way.FRAME: embed.frame, Way.FRAGMENT: embed.fragment[:1]}
    return by_way[Way(page.way)]


def _embed(page: ChannelPage, base: str, slug: str) -> Embed:
    parameters = {name: value for name, value in page.question.items() if name != "mode"}
    mode = page.question.get("mode", "list")
    with override(page.language):
        title = _("Sites and premises")
    return Embed(
        base=base, slug=slug, language=page.language, mode=mode, theme="", height=HEIGHTS[mode], title=title,
        parameters={**parameters, "channel": page.key},
    )  # fmt: skip
