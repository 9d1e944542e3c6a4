"""Blocks that show figures: facts of the bank, charts of the indicators, tables that compare."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ListBlock,
    StructBlock,
    StructBlockValidationError,
    TextBlock,
    URLBlock,
)

from .choices import CodeBlock, CodesBlock, area_choices, fact_choices, indicator_choices

MOST_AREAS = 4
MOST_COLUMNS = 6


class FactBlock(StructBlock):
    """A fact of the bank: value, unit, date and source are drawn when the page is shown."""

    code = CodeBlock(label=_("Fact"), choices=fact_choices)

    class Meta:
        icon = "info-circle"
        label = _("Fact")

    def get_api_representation(self, value: Any, context: Any = None) -> Any:
        """The code alone."""
        return value.get("code")


class KnownFactBlock(StructBlock):
    """One fact of the bank, large, with what it means."""

    code = CodeBlock(label=_("Fact"), choices=fact_choices)
    note = TextBlock(label=_("What it means"), required=False)

    class Meta:
        icon = "info-circle"
        label = _("Fact")
        template = "portal/blocks/fact.html"


class FactsBlock(StructBlock):
    """Several facts of the bank side by side."""

    title = CharBlock(label=_("Title"), required=False)
    codes = ListBlock(CodeBlock(label=_("Fact"), choices=fact_choices), label=_("Facts"))

    class Meta:
        icon = "list-ul"
        label = _("Facts")
        template = "portal/blocks/facts.html"


class ChartBlock(StructBlock):
    """The figures of an indicator, drawn, with their table and their source."""

    indicator = CodeBlock(label=_("Indicator"), choices=indicator_choices)
    areas = CodesBlock(
        label=_("Areas"), choices=area_choices, required=False,
        help_text=_("At most four. None: the whole region."),
    )  # fmt: skip
    form = CodeBlock(
        label=_("Form"), default="line",
        choices=[("line", _("line over time")), ("bars", _("newest figure of each area"))],
    )  # fmt: skip
    title = CharBlock(
        label=_("Finding"), required=False,
        help_text=_("What the figures show, as a sentence. Empty: how much changed from first to last."),
    )  # fmt: skip
    note = TextBlock(label=_("Note"), required=False)

    class Meta:
        icon = "history"
        label = _("Chart")
        template = "portal/blocks/chart.html"

    def clean(self, value: Any) -> Any:
        """This will refuse more areas than a reader can tell apart."""
        cleaned = super().clean(value)
        if len(cleaned["areas"]) > MOST_AREAS:
            words = ValidationError(_now("Choose at most four areas: more lines cannot be told apart."))
            raise StructBlockValidationError(block_errors={"areas": words})
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """This will add the chart as it was gathered for the whole page."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        gathered = context.get("gathered")
        context["chart"] = gathered.chart_of(value) if gathered else None
        return context


class CellSourceBlock(StructBlock):
    """Where a row of a table comes from."""

    title = CharBlock(label=_("Source"))
    url = URLBlock(label=_("Address"), required=False)
    date = CharBlock(label=_("Date"), required=False, help_text=_("2026, 2026-10 or 2026-10-12"))


class RowBlock(StructBlock):
    """One row: what is compared, one cell for each column, and the row's source."""

    label = CharBlock(label=_("What is compared"))
    cells = ListBlock(CharBlock(required=False), label=_("Cells"))
    source = CellSourceBlock(label=_("Source"))


class ComparisonBlock(StructBlock):
    """A table that compares, with the source of every row."""

    title = CharBlock(label=_("Title"))
    columns = ListBlock(CharBlock(), label=_("Columns"), min_num=1, max_num=MOST_COLUMNS)
    rows = ListBlock(RowBlock(), label=_("Rows"), min_num=1)
    note = TextBlock(label=_("Note"), required=False)

    class Meta:
        icon = "table"
        label = _("Comparison")
        template = "portal/blocks/comparison.html"

    def clean(self, value: Any) -> Any:
        """This will refuse a row that has more or fewer cells than there are columns."""
        cleaned = super().clean(value)
        wrong = [row["label"] for row in cleaned["rows"] if len(row["cells"]) != len(cleaned["columns"])]
        if wrong:
            said = _now("Each row needs one cell for each column. Look at: %(rows)s.")
            words = ValidationError(said % {"rows": ", ".join(wrong)})
            raise StructBlockValidationError(block_errors={"rows": words})
        return cleaned
