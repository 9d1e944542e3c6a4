"""Pages: title, lead, body and sources are content; figures and sites come from the records, through queries."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock, StructBlock, URLBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from vetovoima.portal import figures
from vetovoima.portal.drawing import draw_plain
from vetovoima.portal.languages import absolute
from vetovoima.portal.linked_data import page_json_ld

from .blocks import FactBlock
from .numbers_panel import NumbersPanel

BODY_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]


class SourceBlock(StructBlock):
    """Where a statement of the page comes from."""

    title = CharBlock(label=_("Title"))
    url = URLBlock(label=_("Address"), required=False)
    date = CharBlock(label=_("Date"), required=False, help_text=_("2026, 2026-10 or 2026-10-12"))


class ContentPage(Page):
    """What every page has: a lead, a body, and the sources under it. Edited in the content editor."""

    lead = models.TextField(_("lead"), blank=True, max_length=600)
    body = RichTextField(_("body"), blank=True, features=BODY_FEATURES)
    key_facts = StreamField([("fact", FactBlock())], blank=True, verbose_name=_("key facts"))
    sources = StreamField([("source", SourceBlock())], blank=True, verbose_name=_("sources"))

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
        NumbersPanel(heading=_("Figures and the fact bank")),
        FieldPanel("key_facts"),
        FieldPanel("sources"),
    ]

    schema_type = "WebPage"

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """This will add which languages lack the page, and its linked data."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["missing_languages"] = figures.missing_languages(self)
        context["page_ld"] = page_json_ld(
            self.schema_type,
            self.title,
            draw_plain(self.lead),
            absolute(request.path),
            self.locale.language_code,
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
        return {**super().get_context(request, *args, **kwargs), **figures.for_home()}


class TextPage(ContentPage):
    """Plain text: accessibility statement, privacy, services."""

    template = "portal/pages/text.html"

    class Meta:
        verbose_name = _("text page")


class RegionPage(ContentPage):
    """The region: its figures with sources, its municipalities."""

    template = "portal/pages/region.html"

    class Meta:
        verbose_name = _("region page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """This will add the region's figures."""
        return {**super().get_context(request, *args, **kwargs), **figures.for_region()}


class SectorIndexPage(ContentPage):
    """The lead sectors and their sub-sectors."""

    template = "portal/pages/sectors.html"
    subpage_types: ClassVar[list[str]] = ["portal.SectorPage"]

    class Meta:
        verbose_name = _("list of sectors")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """This will add the sectors with their pages and numbers of sites."""
        return {**super().get_context(request, *args, **kwargs), **figures.for_sector_index()}


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
        return {**super().get_context(request, *args, **kwargs), **figures.for_sector(self.subject)}


class MunicipalityIndexPage(ContentPage):
    """The municipalities of the region."""

    template = "portal/pages/municipalities.html"
    subpage_types: ClassVar[list[str]] = ["portal.MunicipalityPage"]

    class Meta:
        verbose_name = _("list of municipalities")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """This will add the municipalities with their numbers of sites."""
        return {**super().get_context(request, *args, **kwargs), **figures.for_municipality_index()}


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
        return {**super().get_context(request, *args, **kwargs), **figures.for_municipality(self.subject)}


class NewsIndexPage(ContentPage):
    """News, newest first."""

    template = "portal/pages/news_index.html"
    subpage_types: ClassVar[list[str]] = ["portal.NewsPage"]

    class Meta:
        verbose_name = _("list of news")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """This will add the live news of this language."""
        context = super().get_context(request, *args, **kwargs)
        context["news"] = NewsPage.objects.child_of(self).live().order_by("-date", "-pk")[:100]
        return context


class NewsPage(ContentPage):
    """One piece of news."""

    template = "portal/pages/news.html"
    parent_page_types: ClassVar[list[str]] = ["portal.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    schema_type = "NewsArticle"
    date = models.DateField(_("date"), default=timezone.localdate)

    content_panels: ClassVar[list[Any]] = [*ContentPage.content_panels, FieldPanel("date")]

    class Meta:
        verbose_name = _("news")
