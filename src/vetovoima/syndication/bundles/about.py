"""What an archive says of itself: whose it is, from when, under which licence, what is in it and how it is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from vetovoima.common.fields import LANGUAGES
from vetovoima.reference.models import Municipality, Region
from vetovoima.syndication.licences import licence_address

from .packing import SUMS


@dataclass(frozen=True)
class About:
    """An archive: the region, of which municipality if of one, the public address without a slash at its end, the moment
    and the version of the public side."""

    region: Region
    municipality: Municipality | None
    base: str
    made_at: datetime
    version: int

    @property
    def publisher(self) -> str:
        """Who publishes, in the region's first language."""
        return self.named("fi")

    @property
    def licence(self) -> str:
        """The licence, with the address where it is to be read."""
        address = licence_address(self.region.licence)
        return f"{self.region.licence} ({address})" if address else self.region.licence

    @property
    def title(self) -> str:
        """The name of the archive."""
        return (
            f"{self.publisher}: {self.municipality.name.best('fi')[0]}"
            if self.municipality
            else self.publisher
        )

    def named(self, language: str) -> str:
        """What the region's site is called."""
        return str(self.region.site_name.best(language)[0])

    def as_json(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "title": self.title,
            "publisher": self.publisher,
            "made_at": localtime(self.made_at).isoformat(timespec="seconds"),
            "version": self.version,
            "licence": self.region.licence,
            "licence_url": licence_address(self.region.licence),
            "source": f"{self.base}/",
        }

    def whole(self, card: Mapping[str, Any]) -> dict[str, Any]:
        """A card with addresses that lead to the portal from anywhere."""
        found = {**card, "url": f"{self.base}{card['url']}"}
        if photo := card.get("photo"):
            found["photo"] = {**photo, **{name: f"{self.base}{photo[name]}" for name in ("url", "thumb_url")}}
        return found


def read_me(about: About) -> str:
    """This will write the first file of the archive of everything, in each language."""
    return _in_each(about, _everything)


def read_me_of_pages(about: About) -> str:
    """This will write the first file of a municipality's pages, in each language."""
    return _in_each(about, _pages)


def _in_each(about: About, write: Any) -> str:
    parts = []
    for language in LANGUAGES:
        with override(language):
            parts.append("\n".join([f"{about.named(language)}", "", *write(), "", *_rights(about)]))
    return ("\n\n" + "-" * 60 + "\n\n").join(parts) + "\n"


def _everything() -> list[str]:
    return [
        _("Everything that is public: plots, premises, areas, resources and investment opportunities."),
        _("records.csv, records.xlsx: a line for each record, with the source and the day of each figure."),
        _("records.geojson: the same on the map (WGS84)."),
        _("documents/: each record whole, as its page shows it."),
        _("manifest.json: the version and the day of each record."),
        _("Made-up examples are marked (is_example) and are not for sale. Empty cells are not known."),
        _("%(file)s: check sums of all files (sha256sum --check).") % {"file": SUMS},
    ]


def _pages() -> list[str]:
    return [
        _("The municipality's offer as plain pages: no script, no cookie, nothing is loaded from elsewhere."),
        _("Open index.html in a browser, or put the whole folder on your web server as it is."),
        _("fragment.html of each language is the list alone, to be put into a page of your own."),
        _(
            "The pages are as old as this archive. Fetch it again each night: with its ETag nothing is sent when nothing changed."
        ),
        _("%(file)s: check sums of all files (sha256sum --check).") % {"file": SUMS},
    ]


def _rights(about: About) -> list[str]:
    moment = localtime(about.made_at)
    return [
        _("Licence: %(licence)s. Name %(source)s and the date as the source.")
        % {"licence": about.licence, "source": f"{about.base}/"},
        _("As of: %(date)s") % {"date": f"{moment:%Y-%m-%d %H:%M %z}"},
    ]
