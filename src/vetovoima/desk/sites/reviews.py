"""What the pages of review and history show: differences, quality, figures without a source, versions, going back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator

from vetovoima.catalogue import queries, rules
from vetovoima.catalogue.knowledge.checking import number_findings, unbacked
from vetovoima.catalogue.previews import RestorePreview, UndoPreview, versions
from vetovoima.catalogue.quality import completeness, readiness
from vetovoima.catalogue.registry import TRANSLATED, FieldSpec, fields_of
from vetovoima.common.fields import LANGUAGES

from .changes import grouped, line_of
from .forms import ReturnForm, ScheduleForm
from .pages import next_step, published_without
from .values import Words

if TYPE_CHECKING:
    from vetovoima.catalogue.knowledge.numbers import Finding
    from vetovoima.catalogue.models import Site

PER_PAGE = 50


@dataclass(frozen=True)
class LooseFigure:
    """A figure in a text that no fact backs, or only an old one: which field and language, and what was found."""

    spec: FieldSpec
    language: str
    finding: Finding


def loose_figures(site: Site) -> list[LooseFigure]:
    """This will look through the texts of a record for figures that somebody should check before they are public."""
    return [
        LooseFigure(spec, language, finding)
        for spec in fields_of(site.kind, profiles=site.profiles)
        if spec.type == TRANSLATED and spec.is_public and site.value(spec.name)
        for language in LANGUAGES
        for finding in unbacked(number_findings(site.value(spec.name).text(language), language, site))
    ]


def review_page(
    user: Any, site: Site, form: ReturnForm, schedule: ScheduleForm | None = None
) -> dict[str, Any]:
    """What differs from what was published last, how good the record is, and what the reviewer may do."""
    ready = readiness(site)
    return {
        "area_name": "sites",
        "site": site,
        "form": form,
        "schedule": schedule or ScheduleForm(),
        "may_publish": rules.can_publish(user, site),
        "groups": grouped(queries.differences(site), Words()),
        "version": queries.last_version(site),
        "missing": queries.gaps(site),
        "without": published_without(site),
        "quality": completeness(site),
        "ready": ready,
        "next_step": next_step(ready),
        "loose_figures": loose_figures(site),
        "photos": queries.photos(site),
        "files": queries.site_files(site),
    }


def history_page(user: Any, site: Site, number: str | None) -> dict[str, Any]:
    """Everything that happened to a record, newest first, and the versions that were published."""
    words = Words()
    page = Paginator(queries.history(site), PER_PAGE).get_page(number)
    return {
        "area_name": "sites",
        "site": site,
        "may": {"edit": rules.can_edit(user, site)},
        "page": page,
        "history": [line_of(fact, words) for fact in page],
        "versions": versions(site),
    }


def undo_page(user: Any, site: Site, preview: UndoPreview) -> dict[str, Any]:
    """One change, and what undoing it would do."""
    words = Words()
    return {
        "area_name": "sites",
        "site": site,
        "may": {"edit": rules.can_edit(user, site)},
        "fact": preview.fact,
        "groups": grouped(preview.changes, words),
        "stays": grouped(preview.stays, words),
    }


def version_page(user: Any, site: Site, preview: RestorePreview) -> dict[str, Any]:
    """What a version said, and what restoring it would change."""
    words = Words()
    return {
        "area_name": "sites",
        "site": site,
        "may": {"edit": rules.can_edit(user, site)},
        "version": preview.version,
        "said": grouped(preview.said, words),
        "groups": grouped(preview.changes, words),
    }
