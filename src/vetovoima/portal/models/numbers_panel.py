"""The panel of the content editor that says which figures of a page no fact backs."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin.panels import Panel

from vetovoima.catalogue.knowledge.checking import number_findings, unbacked
from vetovoima.portal.uses import texts_of


def findings_of(page: Any) -> list[Any]:
    """The figures of a page's texts that somebody should look at."""
    language = page.locale.language_code if page.locale_id else "en"
    return [one for text in texts_of(page) for one in unbacked(number_findings(text, language))]


class NumbersPanel(Panel):
    """Lists the figures of the saved page that no fact of the bank backs, or only an old one."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "portal/cms/numbers_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """This will add the findings of the page as it is saved."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            saved = self.instance.pk is not None
            context["findings"] = findings_of(self.instance) if saved else []
            context["is_saved"] = saved
            return context


def summary_of(page: Any) -> str:
    """The sentence after saving; empty when every figure is backed."""
    found = findings_of(page)
    if not found:
        return ""
    named = ", ".join(dict.fromkeys(one.figure.written for one in found[:6]))
    return format_html(
        '{} <a href="/desk/facts/">{}</a>',
        _("The page states figures that no current fact of the bank backs: %(figures)s.")
        % {"figures": named},
        _("To the fact bank"),
    )
