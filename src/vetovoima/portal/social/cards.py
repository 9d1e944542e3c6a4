"""What a picture says, for a record, a page of the content editor, or a list of the portal's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vetovoima.portal.artwork import motif_of
from vetovoima.portal.own_views import OWN_VIEWS

WIDTH, HEIGHT = 1200, 630
#: a longer title is cut: nobody reads more on a picture
LONGEST = 130


@dataclass(frozen=True)
class Card:
    """One picture: how it is asked for, its words, and the motif that is drawn for the word `seed`."""

    kind: str
    key: str
    language: str
    title: str
    eyebrow: str
    motif: str
    seed: str

    @property
    def path(self) -> str:
        """Its address without host and version."""
        return f"/social/{self.kind}/{self.key}.{self.language}.png"


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rsplit(" ", 1)[0] + "…"


def card_of_record(document: Mapping[str, Any], tokens: Mapping[str, Any]) -> Card:
    """This will return the picture of a public document."""
    municipality = document["municipality"]
    eyebrow = f"{document['kind']['label']} · {municipality['name']} · {document['code']}"
    seed = municipality["slug"]
    return Card(
        "site", document["code"], document["language"], _cut(document["name"]["text"]), eyebrow,
        motif_of(tokens, seed), seed,
    )  # fmt: skip


def card_of_page(page: Any, language: str, tokens: Mapping[str, Any], eyebrow: str) -> Card:
    """This will return the picture of a page; that of a sector or municipality is drawn for its subject."""
    # the home page has its language in its slug: one picture for all of them
    seed = str(getattr(page, "subject", "") or page.slug.removesuffix(f"-{language}"))
    return Card("page", str(page.pk), language, _cut(page.title), eyebrow, motif_of(tokens, seed), seed)


def card_of_view(name: str, language: str, tokens: Mapping[str, Any], eyebrow: str) -> Card | None:
    """This will return the picture of one of the portal's own lists; that of the region where a list has no title."""
    if name not in OWN_VIEWS:
        return None
    title = str(OWN_VIEWS[name].title) or eyebrow
    return Card("view", name, language, title, eyebrow, motif_of(tokens, name), name)
