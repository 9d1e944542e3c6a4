"""Values of a record in words: the same for the record, the differences, the history and a conflict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from vetovoima.accounts.enums import Sharing
from vetovoima.catalogue.enums import Absence, Method, Profile
from vetovoima.catalogue.registry import (
    BY_NAME,
    DAY,
    GROUP_LABELS,
    LINK,
    MANY,
    ONE,
    SHAPE,
    SITES,
    TRANSLATED,
    FieldSpec,
)
from vetovoima.common.fields import LANGUAGES
from vetovoima.common.geo import parse_geojson
from vetovoima.common.money import figure
from vetovoima.desk.forms import here
from vetovoima.directory.queries import contacts
from vetovoima.media.enums import FileKind, licence_in_words
from vetovoima.reference.queries import sectors, themes
from vetovoima.syndication.documents import display, unit_label

EMPTY: tuple[Any, ...] = (None, "", {}, [])


@dataclass(frozen=True)
class Shown:
    """A value as a page shows it. `texts` holds (language, text), `photos` names of photographs."""

    text: str = ""
    unit: str = ""
    texts: tuple[tuple[str, str], ...] = ()
    items: tuple[str, ...] = ()
    href: str = ""
    photos: tuple[str, ...] = ()
    is_absence: bool = False

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
        if name == "photo_texts":
            return Shown(items=tuple(self._said_of_photo(told) for told in value.values()))
        if name == "files":
            return Shown(items=tuple(self._said_of_file(told) for told in value))
        if name == "source":
            return self._source(value)
        if name == "profiles":
            return Shown(items=tuple(str(Profile(one).label) for one in value if one in Profile.values))
        if isinstance(value, Mapping) and set(value) == {"absent"}:
            return Shown(str(Absence(value["absent"]).label), is_absence=True)
        spec = BY_NAME.get(name)
        return self._field(spec, value) if spec else Shown(str(value))

    def _said_of_photo(self, told: Mapping[str, Any]) -> str:
        alt = "; ".join(f"{language}: {text}" for language, text in (told.get("alt") or {}).items())
        parts = (alt, told.get("credit"), licence_in_words(told.get("licence") or ""), told.get("taken_on"))
        return ", ".join(part for part in parts if part)

    def _said_of_file(self, told: Mapping[str, Any]) -> str:
        """A document in one line: a reviewer must see to whom it is going to be open."""
        title = "; ".join(f"{language}: {text}" for language, text in (told.get("title") or {}).items())
        about = "; ".join(f"{language}: {text}" for language, text in (told.get("description") or {}).items())
        parts = (
            title, str(FileKind(told["kind"]).label), str(GROUP_LABELS.get(told["group"], "")), about, told.get("author"),
            licence_in_words(told.get("licence") or ""), ", ".join(told.get("languages") or ()), told.get("dated"),
            str(Sharing(told["sharing"]).label),
        )  # fmt: skip
        return " · ".join(part for part in parts if part)

    def _field(self, spec: FieldSpec, value: Any) -> Shown:
        if spec.type == TRANSLATED:
            return Shown(
                texts=tuple((language, value[language]) for language in LANGUAGES if value.get(language))
            )
        if spec.type == SHAPE:
            return Shown(self._place(value))
        if spec.type == MANY:
            return Shown(items=tuple(self._names[spec.name].get(slug, slug) for slug in value))
        if spec.type == SITES:
            return Shown(items=tuple(value))
        if spec.type == ONE:
            return Shown(self._names["contact"].get(value, value))
        if spec.type == LINK:
            return Shown(value, href=value if value.startswith(("https://", "http://")) else "")
        if spec.type == DAY:
            value = parse_date(value) or value
        return Shown(display(spec, value, self.language), unit=unit_label(spec.unit))

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
        if (how := value.get("method")) in Method.values:
            said.append(str(Method(how).label))
        if collected := value.get("collected_on"):
            said.append(_("collected on %(day)s") % {"day": collected})
        if sure := value.get("confidence"):
            said.append(_("confidence: %(level)s") % {"level": labels.get(sure, sure)})
        said.append(value.get("licence", ""))
        said_so = ", ".join(part for part in said if part)
        lines = [_("Source: %(source)s") % {"source": said_so} if said_so else "", value.get("url", "")]
        if value.get("verified_by") or value.get("verified_on"):
            lines.append(
                _("checked by %(who)s on %(day)s")
                % {"who": value.get("verified_by", "–"), "day": value.get("verified_on", "–")}
            )
        return Shown(items=tuple(line for line in lines if line))
