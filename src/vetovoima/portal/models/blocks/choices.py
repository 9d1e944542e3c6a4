"""What editors choose from: things of the records by name, asked for when the form is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ChoiceBlock, MultipleChoiceBlock

from vetovoima.accounts.queries import organisations
from vetovoima.catalogue.enums import Availability, SiteKind
from vetovoima.catalogue.knowledge.enums import FactState
from vetovoima.catalogue.knowledge.queries import facts, permit_paths
from vetovoima.common.fields import Translated
from vetovoima.directory.queries import contacts
from vetovoima.monitoring.queries import area_names, indicators
from vetovoima.portal.languages import NATIVE, SWITCH, current_language
from vetovoima.reference.queries import municipalities, sectors

Choices = list[tuple[str, str]]


def _name(value: Any) -> str:
    return Translated(value).best(current_language())[0]


def _by_name(named: Iterable[tuple[str, str]]) -> Choices:
    return sorted(named, key=lambda one: one[1].casefold())


def fact_choices() -> Choices:
    """Every fact that is in use, by name."""
    return _by_name(
        (one.code, f"{_name(one.label)} ({one.code})") for one in facts().exclude(state=FactState.RETIRED)
    )


def indicator_choices() -> Choices:
    """Every indicator, by name."""
    return _by_name((one.code, f"{_name(one.name)} ({one.code})") for one in indicators())


def area_choices() -> Choices:
    """The region, then its municipalities."""
    return [(code, _name(name)) for code, name in area_names().items()]


def municipality_choices() -> Choices:
    """The municipalities of the region."""
    return _by_name((one.slug, _name(one.name)) for one in municipalities())


def sector_choices() -> Choices:
    """The sectors and sub-sectors."""
    return _by_name((one.slug, _name(one.name)) for one in sectors())


def kind_choices() -> Choices:
    """The kinds of record."""
    return [(value, str(label)) for value, label in SiteKind.choices]


def availability_choices() -> Choices:
    """Whether a record can be had."""
    return [(value, str(label)) for value, label in Availability.choices]


def contact_choices() -> Choices:
    """The published contacts, by name."""
    return _by_name((one.key, f"{one.name}, {_name(one.organisation.name)}") for one in contacts())


def organisation_choices() -> Choices:
    """The organisations, by name."""
    return _by_name((one.slug, _name(one.name)) for one in organisations())


def permit_choices() -> Choices:
    """The permit paths, by name."""
    return _by_name((one.code, _name(one.name)) for one in permit_paths())


def language_choices() -> Choices:
    """The languages of the portal, each in its own words."""
    return [(code, NATIVE[code]) for code in SWITCH]


class _Codes:
    """Codes are texts and are taken as they stand: showing a page asks nothing of what could have been chosen."""

    def normalize_choice(self, value: Any) -> Any:
        """The code itself."""
        return value


class CodeBlock(_Codes, ChoiceBlock):
    """One thing of the records, by its code."""

    def __init__(self, **options: Any) -> None:
        super().__init__(search_index=False, **options)


class CodesBlock(_Codes, MultipleChoiceBlock):
    """Some things of the records, by their codes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(search_index=False, **options)

    def deconstruct(self) -> Any:
        """As the plain block, so that no migration names this class."""
        return ("wagtail.blocks.MultipleChoiceBlock", [], self._constructor_kwargs)


class LanguageBlock(CodeBlock):
    """The language that a text is in, when it is another than the page's."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("choices", language_choices)
        options.setdefault("required", False)
        options.setdefault("help_text", _("Only when it is another language than the page's."))
        super().__init__(**options)


def codes_of(choices: Callable[[], Choices]) -> set[str]:
    """The codes that may be chosen."""
    return {code for code, _label in choices()}
