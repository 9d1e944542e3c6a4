"""Pages: title, lead, body and sources are content; figures and sites come from the records, through queries."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import CharBlock, StructBlock, URLBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from vetovoima.portal import figures, sectors
from vetovoima.portal.drawing import draw_plain
from vetovoima.portal.gathering import Gathered
from vetovoima.portal.languages import absolute, current_language
from vetovoima.portal.linked_data import page_json_ld

from .blocks import FactBlock, PageBlocks
from .numbers_panel import NumbersPanel
from .preview import LanguagePreview

BODY_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]


class SourceBlock(StructBlock):
    """Where a statement of the page comes from."""

    title = CharBlock(label=_("Title"))
    url = URLBlock(label=_("Address"), required=False)
    date = CharBlock(label=_("Date"), required=False, help_text=_("2026, 2026-10 or 2026-10-12"))


class ContentPage(LanguagePreview, Page):
    """What every page has: a lead, its blocks, and the sources under them. Edited in the content editor."""

    lead = models.TextField(_("lead"), blank=True, max_length=600)
    body = RichTextField(_("body"), blank=True, features=BODY_FEATURES)
    blocks = StreamField(PageBlocks(), blank=True, verbose_name=_("content"))
    key_facts = StreamField([("fact", FactBlock())], blank=True, verbose_name=_("key facts"))
    sources = StreamField([("source", SourceBlock())], blank=True, verbose_name=_("sources"))
    review_on = models.DateField(
        _("to be read again by"), null=True, blank=True, help_text=_("The content board reminds of it.")
    )
    awaits_translation = models.BooleanField(
        _("still in the other language"), default=False,
        help_text=_("Texts were copied from another language. Take the tick away when all is translated."),
    )  # fmt: skip

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("blocks"),
        FieldPanel("body"),
        NumbersPanel(heading=_("Figures and the fact bank")),
        FieldPanel("key_facts"),
        FieldPanel("sources"),
        MultiFieldPanel([FieldPanel("review_on"), FieldPanel("awaits_translation")], _("Keeping up to date")),
    ]

    schema_type = "WebPage"

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """This will add which languages lack the page, and its linked data."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        gathered = Gathered(self, current_language())
        context["missing_languages"] = figures.missing_languages(self)
        context["gathered"], context["region"] = gathered, gathered.region
        context["page_ld"] = page_json_ld(
            self.schema_type,
            self.title,
            draw_plain(self.lead, gathered.known),
            absolute(request.path),
            current_language(),
            getattr(self, "date", None),
        )
        return context


class HomePage(ContentPage):
    """What the region offers, where, and whom to ask."""

    template = "portal/pages/home.html"
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """This will add counts without examples, the newest sites, the points of light and the target."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, **figures.for_home(context["gathered"])}


class TextPage(ContentPage):
    """Plain text: accessibility statement, privacy, services."""

    template = "portal/pages/text.html"

    class Meta:
        verbose_name = _("text page")


class SectionPage(ContentPage):
    """Any subject: energy, labour, permits, living, our service. Its own pages are listed under it."""

    template = "portal/pages/section.html"

    class Meta:
        verbose_name = _("page with subpages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """This will add the live pages under this one, in their order."""
        context = super().get_context(request, *args, **kwargs)
        context["children"] = list(self.get_children().live().specific())
        context["gathered"].expect_in(context["children"])
        return context


class RegionPage(ContentPage):
    """The region: its figures with sources, its municipalities."""

    template = "portal/pages/region.html"

    class Meta:
        verbose_name = _("region page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """This will add the region's figures."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, **figures.for_region(context["gathered"])}


class SectorIndexPage(ContentPage):
    """The lead sectors and their sub-sectors."""

    template = "portal/pages/sectors.html"
    subpage_types: ClassVar[list[str]] = ["portal.SectorPage"]

    class Meta:
        verbose_name = _("list of sectors")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """This will add the sectors with their pages and numbers of sites."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, **figures.for_sector_index()}


class SectorPage(ContentPage):
    """One sector: what is here, and its sites."""

    template = "portal/pages/sector.html"
    parent_page_types: ClassVar[list[str]] = ["portal.SectorIndexPage"]
    subject = models.SlugField(_("sector"), max_length=60)

    content_panels: ClassVar[list[Any]] = [*ContentPage.content_panels, FieldPanel("subject")]

    class Meta:
        verbose_name = _("sector page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """This will add the sector and its published sites."""
        context = super().get_context(request, *args, **kwargs)
        context["evidence"] = sectors.for_sector_page(self.subject, context["gathered"])
        return {**context, **figures.for_sector(context["gathered"], self.subject)}


class MunicipalityIndexPage(ContentPage):
    """The municipalities of the region."""

    template = "portal/pages/municipalities.html"
    subpage_types: ClassVar[list[str]] = ["portal.MunicipalityPage"]

    class Meta:
        verbose_name = _("list of municipalities")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """This will add the municipalities with their numbers of sites."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, **figures.for_municipality_index(context["gathered"])}


class MunicipalityPage(ContentPage):
    """One municipality: its figures with sources, its published sites."""

    template = "portal/pages/municipality.html"
    parent_page_types: ClassVar[list[str]] = ["portal.MunicipalityIndexPage"]
    subject = models.SlugField(_("municipality"), max_length=60)

    content_panels: ClassVar[list[Any]] = [*ContentPage.content_panels, FieldPanel("subject")]

    class Meta:
        verbose_name = _("municipality page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """This will add the municipality, its figures and its published sites."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, **figures.for_municipality(context["gathered"], self.subject)}
