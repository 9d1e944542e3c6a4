"""Blocks that lead through something step by step."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ListBlock,
    RichTextBlock,
    StructBlock,
    TextBlock,
    URLBlock,
)

from .choices import CodeBlock, CodesBlock, permit_choices

#: what of a step may be said to be unknown
UNKNOWN = [
    ("who", _("Who")),
    ("time", _("Usual time")),
    ("cost", _("Cost")),
    ("law", _("Legal basis")),
    ("appeal", _("Appeal")),
]


class StepBlock(StructBlock):
    """One step: what is done, who decides, how long it takes, what it costs, on what law, where to appeal."""

    title = CharBlock(label=_("Step"))
    text = RichTextBlock(label=_("What is done"), required=False, features=["bold", "italic", "ul", "link"])
    who = CharBlock(label=_("Who"), required=False)
    time = CharBlock(label=_("Usual time"), required=False)
    cost = CharBlock(label=_("Cost"), required=False)
    law = CharBlock(label=_("Legal basis"), required=False)
    law_url = URLBlock(label=_("Address of the law"), required=False)
    appeal = TextBlock(label=_("Appeal"), required=False)
    online_url = URLBlock(label=_("Where it is done online"), required=False)
    unknown = CodesBlock(
        label=_("Shown as not known"), choices=UNKNOWN, required=False,
        help_text=_("What no source states: the page says so rather than leaving it out."),
    )  # fmt: skip


class StepsBlock(StructBlock):
    """Numbered steps."""

    title = CharBlock(label=_("Title"), required=False)
    steps = ListBlock(StepBlock(), label=_("Steps"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "portal/blocks/steps.html"


class PermitsBlock(StructBlock):
    """A permit path of the records, step by step."""

    path = CodeBlock(label=_("Permit path"), choices=permit_choices)

    class Meta:
        icon = "list-ol"
        label = _("Permit path")
        template = "portal/blocks/permits.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """This will add the path; one that is gone shows nothing."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        gathered = context.get("gathered")
        context["path"] = gathered.permit_paths.get(value.get("path")) if gathered else None
        return context
