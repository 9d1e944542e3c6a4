"""What the pages of offer packages show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from vetovoima.common.fields import LANGUAGES
from vetovoima.syndication.packages import queries, rules
from vetovoima.syndication.packages.documents import package_document
from vetovoima.syndication.packages.enums import PackageState
from vetovoima.syndication.packages.scoring import score_of

if TYPE_CHECKING:
    from vetovoima.syndication.packages.models import OfferPackage

SHOWN_HISTORY = 20


def list_page(user: Any, page: Any, asked: dict[str, str]) -> dict[str, Any]:
    """The list with its filters, each package with its score."""
    today = localdate()
    towns = queries.creatable_municipalities(user)
    return {
        "area_name": "sites",
        "page": page,
        "rows": [
            {
                "package": one, "score": score_of(one, today).percent, "count": len(one.sites),
                "is_expired": one.valid_until is not None and one.valid_until < today,
            }
            for one in page
        ],
        "asked": asked,
        "is_filtered": any(asked.values()),
        "states": PackageState.choices,
        "municipalities": towns,
        "may_create": towns.exists(),
    }  # fmt: skip


def detail_page(user: Any, package: OfferPackage, language: str) -> dict[str, Any]:
    """One package as it will be read in a language, with its steps and what happened to it."""
    today = localdate()
    shown = language if language in LANGUAGES else package.language
    may_edit = rules.can_edit(user, package)
    return {
        "area_name": "sites",
        "package": package,
        "document": package_document(package, shown, today),
        "score": score_of(package, today),
        "shown_in": shown,
        "languages": LANGUAGES,
        "history": queries.history(package)[:SHOWN_HISTORY],
        "may_edit": may_edit and package.state != PackageState.ARCHIVED,
        "may_ready": may_edit and package.state == PackageState.DRAFT,
        "may_archive": may_edit and package.state != PackageState.ARCHIVED,
        "may_reopen": may_edit and package.state != PackageState.DRAFT,
        "may_copy": rules.can_create_in(user, package.municipality_id),
    }
