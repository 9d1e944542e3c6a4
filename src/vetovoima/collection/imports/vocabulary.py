"""What rows refer to: municipalities, sectors, themes, contacts, other records. Read once for a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz, process

from vetovoima.catalogue.models import Site
from vetovoima.catalogue.registry import MANY, ONE
from vetovoima.directory.models import Contact
from vetovoima.directory.queries import contacts, contacts_of_municipality
from vetovoima.reference.models import Municipality
from vetovoima.reference.queries import region, sectors, themes

from .words import split_list, squeezed

#: from which likeness a misspelt municipality is read as the one meant, and said so
ALIKE = 82
#: what people add to a municipality's name
ADDITIONS = (
    " kunta",
    " kaupunki",
    "n kunta",
    "n kaupunki",
    " kommun",
    " stad",
    " municipality",
    " town",
    " city",
)


class Vocabulary:
    """Names → rows, for one import. `own` is the municipality whose records alone the file may touch, or None."""

    def __init__(self, own: Municipality | None) -> None:
        self.own = own
        self.municipalities = {one.pk: one for one in Municipality.objects.order_by("slug")}
        self._names: dict[str, Municipality] = {}
        for one in self.municipalities.values():
            for word in (one.slug, one.lau_code, one.lau_code.lstrip("0"), *one.name.values()):
                self._names[squeezed(word)] = one
        found = region()
        self._prefix = found.code_prefix if found else ""

    # -- municipalities ------------------------------------------------------------------------------------------

    def municipality(self, cell: str) -> tuple[Municipality | None, ValidationError | None]:
        """This will read a municipality; a misspelt one is read with a note. Raises ValidationError."""
        if not cell:
            if self.own is None:
                raise ValidationError(
                    _("Say which municipality the record is in, in a column of its own."), code="municipality"
                )
            return self.own, None
        found, note = self._named(cell)
        if self.own is not None and found.pk != self.own.pk:
            raise self._belongs_elsewhere(found, cell)
        return found, note

    def _named(self, cell: str) -> tuple[Municipality, ValidationError | None]:
        word = squeezed(cell)
        candidates = [word, *(word.removesuffix(end) for end in ADDITIONS if word.endswith(end))]
        for candidate in candidates:
            if candidate in self._names:
                return self._names[candidate], None
        like = process.extractOne(word, self._names.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
        if like is None:
            raise ValidationError(
                _("There is no municipality “%(text)s” in the region."),
                code="municipality",
                params={"text": cell[:60]},
            )
        found = self._names[like[0]]
        note = ValidationError(
            _("“%(text)s” was read as %(name)s."),
            code="misspelt",
            params={"text": cell[:60], "name": str(found)},
        )
        return found, note

    def _belongs_elsewhere(self, found: Municipality, text: str) -> ValidationError:
        """The refusal names only what the file itself says: whether there is such a record is not told."""
        return ValidationError(
            _("“%(text)s” belongs to %(owner)s, and only %(owner)s can change it. Leave the row out."),
            code="elsewhere",
            params={"text": text[:60], "owner": str(found)},
        )

    def refuse_foreign_code(self, code: str) -> None:
        """This will refuse a code whose own letters name another municipality; raises ValidationError."""
        parts = code.upper().split("-")
        if self.own is None or len(parts) != 3 or parts[0] != self._prefix:
            return
        for one in self.municipalities.values():
            if one.site_code.upper() == parts[1] and one.pk != self.own.pk:
                raise self._belongs_elsewhere(one, code)

    # -- related things ------------------------------------------------------------------------------------------

    def read(self, name: str, type_: str, cell: Any) -> tuple[Any, list[ValidationError]]:
        """This will read a cell of related things: (slugs, key or codes in JSON, doubts about what is not known)."""
        if type_ == ONE:
            return self._contact(str(cell))
        if type_ == MANY:
            return self._many(name, split_list(cell))
        return self._codes(split_list(cell))

    @cached_property
    def _many_names(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for name, things in (("sectors", sectors()), ("themes", themes())):
            found[name] = {
                squeezed(word): one.slug for one in things for word in (one.slug, *one.name.values())
            }
        return found

    @cached_property
    def _order(self) -> dict[str, list[str]]:
        return {"sectors": [one.slug for one in sectors()], "themes": [one.slug for one in themes()]}

    def _many(self, name: str, words: Iterable[str]) -> tuple[list[str] | None, list[ValidationError]]:
        known = self._many_names.get(name, {})
        slugs, doubts = set(), []
        for word in words:
            if squeezed(word) in known:
                slugs.add(known[squeezed(word)])
            else:
                doubts.append(self._not_known(word, known))
        ordered = [slug for slug in self._order.get(name, []) if slug in slugs]
        return (ordered or None), doubts

    def _not_known(self, word: str, known: Iterable[str]) -> ValidationError:
        like = process.extractOne(squeezed(word), list(known), scorer=fuzz.WRatio, score_cutoff=75)
        if like:
            return ValidationError(
                _("“%(text)s” is not known and is left out. Did you mean “%(like)s”?"),
                code="not_known",
                params={"text": word[:60], "like": like[0]},
            )
        return ValidationError(
            _("“%(text)s” is not known and is left out."), code="not_known", params={"text": word[:60]}
        )

    @cached_property
    def _contacts(self) -> dict[str, str]:
        found = contacts_of_municipality(self.own.pk) if self.own else contacts()
        names: dict[str, str] = {}
        for one in found:
            for word in (one.key, one.name, one.email):
                if word:
                    names.setdefault(squeezed(word), one.key)
        return names

    def _contact(self, text: str) -> tuple[str | None, list[ValidationError]]:
        for part in (text, *text.replace(",", "\n").replace(";", "\n").splitlines()):
            if squeezed(part) in self._contacts:
                return self._contacts[squeezed(part)], []
        doubt = ValidationError(
            _(
                "“%(text)s” is not among the contacts. The record is taken in without; choose the contact in its form."
            ),
            code="contact",
            params={"text": text[:60]},
        )
        return None, [doubt]

    @cached_property
    def _site_codes(self) -> set[str]:
        mine = Q(published_version__gt=0)
        if self.own is not None:
            mine |= Q(municipality=self.own)
        found = Site.objects.order_by() if self.own is None else Site.objects.order_by().filter(mine)
        return set(found.values_list("code", flat=True))

    def _codes(self, words: Iterable[str]) -> tuple[list[str] | None, list[ValidationError]]:
        codes = [word.upper() for word in words]
        known = sorted(code for code in codes if code in self._site_codes)
        return (known or None), [self._not_known(code, ()) for code in codes if code not in self._site_codes]

    def contact_rows(self, keys: set[str]) -> dict[str, Contact]:
        """The contacts behind keys."""
        return {one.key: one for one in Contact.objects.filter(key__in=keys)}
