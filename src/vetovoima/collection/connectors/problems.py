"""What can be wrong with somebody else's data, kept as a code with details and said later in any language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from vetovoima.common import http
from vetovoima.common.fields import LANGUAGES

WORDS: Mapping[str, Any] = {
    "old_address": _(
        "%(table)s is an address as it was before 8 June 2026, when Statistics Finland changed the addresses of its"
        " tables. Try %(guess)s."
    ),
    "table_gone": _("There is no table %(table)s any more (%(status)s). Look up its new address."),
    "folder": _("%(table)s is a folder, not a table. Give the address of a table in it."),
    "missing_variable": _(
        "The table %(table)s has no variable for the %(what)s any more. It has: %(has)s."
    ),
    "several_variables": _("The table %(table)s has several variables for the %(what)s: %(has)s."),
    "missing_content": _("The table %(table)s has no figure %(content)s any more."),
    "renamed_content": _(
        "The table %(table)s has no figure %(content)s any more. Perhaps it is called %(guess)s now."
    ),
    "missing_areas": _("The source gave nothing for these areas: %(areas)s."),
    "new_variable": _(
        "The table %(table)s has got the variable %(variable)s, of which one value must be chosen: %(values)s."
    ),
    "missing_value": _("The variable %(variable)s has no value %(value)s any more. It has: %(values)s."),
    "too_many_cells": _("The query asks for %(cells)s figures; the source gives at most %(limit)s at a time."),
    "query_refused": _("The source refused the query (%(status)s). The table may have changed."),
    "shape": _("The answer has another form than before: %(what)s."),
    "period": _("The period %(period)s is written in a form that is not known."),
    "empty": _("The answer holds no figure."),
    "no_boundaries": _("The service offers no municipal division any more under the name %(layer)s."),
    "lost_municipalities": _(
        "The division of %(vintage)s has no boundary of %(municipalities)s. The boundaries of before are kept."
    ),
    "not_valid": _("%(what)s"),
    "no_company": _("The register has no company with the business ID %(business_id)s."),
    "web_page": _(
        "The address answers with a web page, not with data. Look for the address of the data itself: a link named"
        " download, CSV, GeoJSON or WFS."
    ),
    "not_a_service": _("The address does not describe itself as a %(what)s service. Check it, without what follows the ?."),
    "doctype": _(
        "The service's description of itself declares a document type. That is refused, because it can be made to do harm."
    ),
    "no_layer": _("The service has no layer %(layer)s. It has: %(has)s."),
    "which_layer": _("Say which layer is to be read. The service has: %(has)s."),
    "service_error": _("The service refused to answer: %(said)s"),
    "not_features": _("The answer holds no list of features (GeoJSON FeatureCollection)."),
    "other_host": _("The service sends us on to another server, %(host)s. Only %(own)s is read; give that address instead."),
    "same_page": _("The service gives the same page again and again, so its end is never reached."),
    "too_many_rows": _("The source has more than %(limit)s rows. Choose a layer or an address with fewer."),
    "no_rows": _("The source has no rows now; before it had %(before)s. Nothing was changed."),
    "all_wrong": _("None of the %(rows)s rows could be taken in. What is wrong stands beside each row."),
    "swapped": _("The service gave latitude and longitude the wrong way round; they were turned."),
    "unchanged": _("The source is the same as at the last reading."),
    "gone_records": _("Records that the source no longer has: %(count)s. They stay until you decide what becomes of them."),
    "column_gone": _("The source has no column %(names)s any more. Nothing was changed; the records are those of the last good reading."),
    "column_renamed": _(
        "The source has no column %(name)s any more. Perhaps it is called %(guess)s now. Nothing was changed; the records"
        " are those of the last good reading."
    ),
    "median_changed": _(
        "The middle value of %(name)s was %(before)s and is %(now)s now. Perhaps the unit has changed. Nothing was"
        " changed; the records are those of the last good reading."
    ),
    "kept_fields": _("Fields in which the source and a person disagree: %(count)s. What people wrote is kept until you decide."),
    "other_unit": _("The figures of %(table)s are in %(unit)s now; before they were in %(before)s."),
    "other_periods": _("The answer has figures of %(periods)s; asked for were the latest, %(asked)s."),
    "older_periods": _("The latest figures are of %(period)s; there are newer ones already, of %(before)s."),
    "out_of_range": _("The figure of %(area)s for %(period)s is %(value)s. It must be between %(lowest)s and %(highest)s."),
    "too_different": _(
        "The figure of %(area)s for %(period)s is %(value)s; before it was %(before)s. A change as large as this is not"
        " believed."
    ),
    "interrupted": _("The work was interrupted before it was done. It is tried again at its next turn."),
}  # fmt: skip


class SourceChanged(Exception):
    """The source no longer gives what it gave; `code` and `details` say what changed."""

    def __init__(self, code: str, **details: Any) -> None:
        self.code = code
        self.details = details
        super().__init__(code)

    def __str__(self) -> str:
        return str(WORDS[self.code]) % self.details


def problem_of(error: SourceChanged | http.CannotFetch) -> dict[str, Any]:
    """A problem as it is stored with a run."""
    return {"code": error.code, "details": {key: _plain(value) for key, value in error.details.items()}}


def said_problem(error: ValidationError) -> dict[str, Any]:
    """A sentence of another part of the product as it is stored with a run, in every language."""
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = " ".join(error.messages)[:500]
    return {"code": "said", "details": said}


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | float | str) else str(value)


def in_words(problem: Mapping[str, Any]) -> str:
    """This will say a stored problem in the active language; "" when there is none."""
    code, details = str(problem.get("code", "")), dict(problem.get("details", {}))
    if code == "said":
        return str(details.get((get_language() or "en")[:2]) or details.get("en", ""))
    if code in WORDS:
        return str(WORDS[code]) % details
    return http.explain(code, details) if code in http.WORDS else code


def few(names: Any, most: int = 8) -> str:
    """This will write the first names of many for a sentence."""
    listed = [str(name)[:60] for name in names]
    return ", ".join(listed[:most]) + (" …" if len(listed) > most else "")
