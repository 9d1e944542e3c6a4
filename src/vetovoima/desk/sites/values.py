"""Values of a record in words: the same for the record, the differences, the history and a conflict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from vetovoima.catalogue.registry import BY_NAME, DAY, LINK, MANY, ONE, SHAPE, TRANSLATED, FieldSpec
from vetovoima.common.fields import LANGUAGES
from vetovoima.common.geo import parse_geojson
from vetovoima.common.money import figure
from vetovoima.desk.forms import here
from vetovoima.directory.queries import contacts
from vetovoima.reference.queries import sectors, themes
from vetovoima.syndication.documents import display, unit_label

EMPTY: tuple[Any, ...] = (None, "", {}, [])
PARTS = ("title", "url", "dated", "confidence", "verified_by", "verified_on")


@dataclass(frozen=True)
class Shown:
    """A value as a page shows it. `texts` holds (language, text), `photos` names of photographs."""

    text: str = ""
    unit: str = ""
    texts: tuple[tuple[str, str], ...] = ()
    items: tuple[str, ...] = ()
    href: str = ""
    photos: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.text or self.texts or self.items or self.photos)


def lacks(value: Any) -> bool:
    """Whether a value says nothing: empty, or the choice that says so itself."""
    return value in EMPTY or value == "unknown"


class Words:
    """Puts snapshot values into words of the page's language; looks names up once a page."""

    def __init__(self) -> None:
        self.language = here()

    @cached_property
    def _names(self) -> dict[str, Mapping[str, str]]:
        return {
            "sectors": {one.slug: one.name.best(self.language)[0] for one in sectors()},
            "themes": {one.slug: one.name.best(self.language)[0] for one in themes()},
            "contact": {one.key: one.name for one in contacts()},
        }

    def shown(self, name: str, value: Any) -> Shown:
        """This will put the value of a field of the standard, of `photos` or of `source` into words."""
        if value in EMPTY:
            return Shown()
        if name == "photos":
            return Shown(photos=tuple(value))
        if name == "source":
            return self._source(value)
        spec = BY_NAME.get(name)
        return self._field(spec, value) if spec else Shown(str(value))

    def _field(self, spec: FieldSpec, value: Any) -> Shown:
        if spec.type == TRANSLATED:
            return Shown(
                texts=tuple((language, value[language]) for language in LANGUAGES if value.get(language))
            )
        if spec.type == SHAPE:
            return Shown(self._place(value))
        if spec.type == MANY:
            return Shown(items=tuple(self._names[spec.name].get(slug, slug) for slug in value))
        if spec.type == ONE:
            return Shown(self._names["contact"].get(value, value))
        if spec.type == LINK:
            return Shown(value, href=value if value.startswith(("https://", "http://")) else "")
        if spec.type == DAY:
            value = parse_date(value) or value
        return Shown(display(spec, value, self.language), unit=unit_label(spec))

    def _place(self, shape: Mapping[str, Any]) -> str:
        try:
            measured = parse_geojson(dict(shape), (-180.0, -90.0, 180.0, 90.0))
        except ValidationError:
            return _("a shape that cannot be read")
        where = f"{measured.latitude:.5f}, {measured.longitude:.5f}"
        if measured.area_m2 is None:
            return _("Point at %(where)s") % {"where": where}
        area = figure(measured.area_m2 / 10_000, self.language, 2)
        return _("Area of %(area)s ha around %(where)s") % {"area": area, "where": where}

    def _source(self, value: Mapping[str, str]) -> Shown:
        """A group's source on one line, and who checked it on another."""
        labels = {"high": _("high"), "medium": _("medium"), "low": _("low")}
        said = [value.get("title", ""), value.get("dated", "")]
        if sure := value.get("confidence"):
            said.append(_("confidence: %(level)s") % {"level": labels.get(sure, sure)})
        said_so = ", ".join(part for part in said if part)
        lines = [_("Source: %(source)s") % {"source": said_so} if said_so else "", value.get("url", "")]
        if value.get("verified_by") or value.get("verified_on"):
            lines.append(
                _("checked by %(who)s on %(day)s")
                % {"who": value.get("verified_by", "–"), "day": value.get("verified_on", "–")}
            )
        return Shown(items=tuple(line for line in lines if line))
