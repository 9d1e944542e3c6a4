"""Blocks of words: text, notice, quotation, questions, links, picture, call to action."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    DateBlock,
    ListBlock,
    RichTextBlock,
    StructBlock,
    StructBlockValidationError,
    TextBlock,
)
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from vetovoima.portal.addresses import is_address

from .choices import CodeBlock, LanguageBlock

FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]


class AddressBlock(CharBlock):
    """An address inside the portal, from `/` on, or of the web."""

    def clean(self, value: Any) -> Any:
        """This will refuse what leads nowhere or runs something."""
        cleaned = super().clean(value)
        if cleaned and not is_address(cleaned):
            raise ValidationError(
                _now("Write an address that begins with https://, or with / for a page of the portal.")
            )
        return cleaned


class WordsBlock(StructBlock):
    """Running text."""

    html = RichTextBlock(label=_("Text"), features=FEATURES)
    source_language = LanguageBlock(label=_("Language of the text"))

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "portal/blocks/text.html"


class NoticeBlock(StructBlock):
    """Something to know before going on: what nobody knows, what to be careful of."""

    kind = CodeBlock(
        label=_("Kind"), default="unknown",
        choices=[("unknown", _("not known")), ("note", _("note")), ("caution", _("caution"))],
    )  # fmt: skip
    html = RichTextBlock(label=_("Text"), features=["bold", "italic", "ul", "link"])

    class Meta:
        icon = "warning"
        label = _("Notice")
        template = "portal/blocks/notice.html"


class QuoteBlock(StructBlock):
    """What somebody says, with their consent: without one that holds today it is not published, and not shown."""

    text = TextBlock(label=_("Quotation"))
    name = CharBlock(label=_("Name"))
    role = CharBlock(label=_("Role"))
    organisation = CharBlock(label=_("Organisation"))
    consent_on = DateBlock(
        label=_("Consent given on"),
        help_text=_("The day on which the person allowed these words, with their name, to stand here."),
    )
    consent_until = DateBlock(label=_("Consent ends on"), required=False)
    source_language = LanguageBlock(label=_("Language of the quotation"))

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "portal/blocks/quote.html"

    def clean(self, value: Any) -> Any:
        """This will refuse a quotation whose consent is in the future or has ended."""
        cleaned = super().clean(value)
        if not has_consent(cleaned):
            words = ValidationError(
                _now("The consent does not hold today. Ask the person again, or take the quotation out.")
            )
            raise StructBlockValidationError(block_errors={"consent_on": words})
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """This will add whether the consent holds today."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["is_allowed"] = has_consent(value)
        return context


def has_consent(value: Any) -> bool:
    """Whether a quotation may be shown today."""
    given, ends = value.get("consent_on"), value.get("consent_until")
    return given is not None and given <= localdate() and (ends is None or ends >= localdate())


class QuestionBlock(StructBlock):
    """One question with its answer."""

    question = CharBlock(label=_("Question"))
    answer = RichTextBlock(label=_("Answer"), features=["bold", "italic", "ol", "ul", "link"])


class QuestionsBlock(StructBlock):
    """Questions that open; search engines are told of them too."""

    title = CharBlock(label=_("Title"), required=False)
    items = ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        template = "portal/blocks/questions.html"


class LinkBlock(StructBlock):
    """One link or file, and the language of what is behind it."""

    label = CharBlock(label=_("Name"))
    url = AddressBlock(label=_("Address"), required=False)
    document = DocumentChooserBlock(label=_("or a file"), required=False)
    note = CharBlock(label=_("Note"), required=False)
    language = LanguageBlock(label=_("Language of what is behind it"))

    def clean(self, value: Any) -> Any:
        """This will ask for one of the two."""
        cleaned = super().clean(value)
        if not cleaned.get("url") and not cleaned.get("document"):
            words = ValidationError(_now("Give an address or choose a file."))
            raise StructBlockValidationError(block_errors={"url": words})
        return cleaned


class LinksBlock(StructBlock):
    """Links and files as a list."""

    title = CharBlock(label=_("Title"), required=False)
    items = ListBlock(LinkBlock(), label=_("Links and files"), min_num=1)

    class Meta:
        icon = "link"
        label = _("Links and files")
        template = "portal/blocks/links.html"


class PictureBlock(StructBlock):
    """A picture with its credit, and words for those who do not see it."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = CharBlock(
        label=_("What the picture shows"), required=False,
        help_text=_("For those who do not see it. Empty only for mere ornament."),
    )  # fmt: skip
    is_ornament = BooleanBlock(label=_("Mere ornament: it tells nothing"), required=False)
    caption = CharBlock(label=_("Caption"), required=False)
    credit = CharBlock(label=_("Credit"), help_text=_("Who made it, and the licence."))

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "portal/blocks/image.html"

    def clean(self, value: Any) -> Any:
        """This will ask for words unless the picture is an ornament."""
        cleaned = super().clean(value)
        if not cleaned["alt"].strip() and not cleaned["is_ornament"]:
            words = ValidationError(_now("Say what the picture shows, or mark it as mere ornament."))
            raise StructBlockValidationError(block_errors={"alt": words})
        return cleaned


class ActionBlock(StructBlock):
    """The one thing to do next."""

    text = TextBlock(label=_("Text"), required=False)
    label = CharBlock(label=_("Words on the button"))
    url = AddressBlock(label=_("Address"))

    class Meta:
        icon = "arrow-right"
        label = _("Call to action")
        template = "portal/blocks/action.html"
