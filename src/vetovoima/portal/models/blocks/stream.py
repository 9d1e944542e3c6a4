"""Everything that may stand on a page, in the order in which an editor is offered it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamBlock

from .figures import ChartBlock, ComparisonBlock, FactsBlock, KnownFactBlock
from .offer import ContactBlock, MapBlock, SitesBlock
from .steps import PermitsBlock, StepsBlock
from .texts import ActionBlock, LinksBlock, NoticeBlock, PictureBlock, QuestionsBlock, QuoteBlock, WordsBlock

WORDS, FIGURES, OFFER = _("Words"), _("Figures"), _("Offer")


class PageBlocks(StreamBlock):
    """The blocks of a page."""

    text = WordsBlock(group=WORDS)
    notice = NoticeBlock(group=WORDS)
    steps = StepsBlock(group=WORDS)
    permits = PermitsBlock(group=WORDS)
    questions = QuestionsBlock(group=WORDS)
    quote = QuoteBlock(group=WORDS)
    links = LinksBlock(group=WORDS)
    image = PictureBlock(group=WORDS)
    fact = KnownFactBlock(group=FIGURES)
    facts = FactsBlock(group=FIGURES)
    chart = ChartBlock(group=FIGURES)
    comparison = ComparisonBlock(group=FIGURES)
    sites = SitesBlock(group=OFFER)
    map = MapBlock(group=OFFER)
    contact = ContactBlock(group=OFFER)
    action = ActionBlock(group=OFFER)
