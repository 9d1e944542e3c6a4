"""What can be wrong with a followed source and its records, kept as a code with details and said later in any language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from vetovoima.collection.connectors.problems import SourceChanged, problem_of
from vetovoima.collection.connectors.problems import in_words as known_words

__all__ = ["WORDS", "SourceUnfit", "in_words", "note", "problem_of"]

WORDS: Mapping[str, Any] = {
    "no_licence": _(
        "The source names no licence, so nothing of it is shown. Ask the region under which licence its records may be"
        " shown, and write it down here."
    ),
    "not_chosen": _("Records that were not chosen: %(count)s."),
    "no_name": _("Records without a name were left out: %(count)s."),
    "no_address": _("Records without an address of their own page; the link leads to the region's site: %(count)s."),
    "no_place": _("Records without a usable place; they stand in the list and not on the map: %(count)s."),
    "no_kind": _("Records of a kind that we do not know; they are shown as other: %(count)s."),
    "twice": _("Records that the source gave twice were taken once: %(count)s."),
    "missing_codes": _("These codes are not in the source: %(codes)s."),
    "changed_meanwhile": _(
        "The source changed while it was being read. What came was taken; nothing was withdrawn. It is read again soon."
    ),
    "suddenly_empty": _(
        "The source gave no record at all; before it had %(before)s. That is a mistake more often than not: nothing was"
        " withdrawn. It is read again soon."
    ),
    "gone": _("The source says that it is gone for good (410). Its records were withdrawn."),
    "not_a_feed": _("The address does not answer with a feed of this form."),
}  # fmt: skip


class SourceUnfit(SourceChanged):
    """What came is not what was asked for; the words are ours."""

    def __str__(self) -> str:
        return in_words(problem_of(self))


def note(code: str, **details: Any) -> dict[str, Any]:
    """A note as it is stored with a reading."""
    return {"code": code, "details": details}


def in_words(problem: Mapping[str, Any]) -> str:
    """This will say a stored problem or note in the active language; "" when there is none."""
    code = str(problem.get("code", ""))
    if code in WORDS:
        return str(WORDS[code]) % dict(problem.get("details", {}))
    return known_words(problem) if code else ""
