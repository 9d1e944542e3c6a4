"""News and events: pages with a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from vetovoima.portal.event_files import event_json_ld

from .pages import ContentPage, MunicipalityPage, SectorPage

MOST_LISTED = 100
#: an event without an end is taken to be over after this
USUAL_LENGTH = timedelta(hours=3)


class NewsIndexPage(ContentPage):
    """News, newest first."""

    template = "portal/pages/news_index.html"
    subpage_types: ClassVar[list[str]] = ["portal.NewsPage"]

    class Meta:
        verbose_name = _("list of news")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """This will add the live news of this language."""
        context = super().get_context(request, *args, **kwargs)
        context["news"] = list(NewsPage.objects.child_of(self).live().order_by("-date", "-pk")[:MOST_LISTED])
        context["gathered"].expect_in(context["news"])
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


class EventIndexPage(ContentPage):
    """Events: what comes first, then what has been."""

    template = "portal/pages/event_index.html"
    subpage_types: ClassVar[list[str]] = ["portal.EventPage"]

    class Meta:
        verbose_name = _("list of events")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """This will add the live events of this language: the coming ones, and those that are over."""
        context = super().get_context(request, *args, **kwargs)
        found = list(EventPage.objects.child_of(self).live().order_by("starts_at", "pk")[:MOST_LISTED])
        context["gathered"].expect_in(found)
        now = timezone.now()
        context["coming"] = [one for one in found if one.is_over_at > now]
        context["over"] = [one for one in reversed(found) if one.is_over_at <= now]
        return context


class EventPage(ContentPage):
    """One event: when, where, who holds it, how to take part."""

    template = "portal/pages/event.html"
    parent_page_types: ClassVar[list[str]] = ["portal.EventIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    schema_type = "Event"
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    is_whole_day = models.BooleanField(_("whole days"), default=False)
    place = models.CharField(_("place"), max_length=200, blank=True)
    municipality = models.SlugField(_("municipality"), max_length=60, blank=True)
    online_url = models.URLField(_("online at"), blank=True)
    organiser = models.CharField(_("organiser"), max_length=200, blank=True)
    registration_url = models.URLField(_("registration at"), blank=True)
    is_cancelled = models.BooleanField(_("cancelled"), default=False)

    content_panels: ClassVar[list[Any]] = [
        *ContentPage.content_panels[:2],
        MultiFieldPanel(
            [FieldPanel("starts_at"), FieldPanel("ends_at"), FieldPanel("is_whole_day"), FieldPanel("is_cancelled")],
            _("When"),
        ),
        MultiFieldPanel(
            [FieldPanel("place"), FieldPanel("municipality"), FieldPanel("online_url"), FieldPanel("organiser"),
             FieldPanel("registration_url")],
            _("Where and how"),
        ),
        *ContentPage.content_panels[2:],
    ]  # fmt: skip

    class Meta:
        verbose_name = _("event")

    @property
    def is_over_at(self) -> datetime:
        """When the event is over."""
        if self.is_whole_day:
            last = timezone.localtime(self.ends_at or self.starts_at).date()
            return timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))
        return self.ends_at or self.starts_at + USUAL_LENGTH

    def clean(self) -> None:
        """This will refuse an event that ends before it begins."""
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("The event ends before it begins. Correct one of the two.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """This will add the event as search engines know it, and where its calendar file is."""
        context = super().get_context(request, *args, **kwargs)
        context["page_ld"] = event_json_ld(self, context["page_ld"])
        context["is_over"] = self.is_over_at <= timezone.now()
        return context


def news(language: str) -> QuerySet[NewsPage]:
    """The live news of a language, newest first."""
    return NewsPage.objects.live().public().filter(locale__language_code=language).order_by("-date", "-pk")


def news_days(until: date) -> dict[Any, date]:
    """The day that each public news item bears, up to a day; one in several languages counts once."""
    found = NewsPage.objects.live().public().filter(date__lte=until).order_by("date")
    return dict(found.values_list("translation_key", "date"))


def languages_of(pages: Iterable[ContentPage]) -> dict[Any, list[str]]:
    """The languages in which pages of one kind are live, by the key that their languages share; one query."""
    found: dict[Any, list[str]] = {}
    given = list(pages)
    if not given:
        return found
    rows = (
        type(given[0])
        .objects.live()
        .public()
        .filter(translation_key__in={one.translation_key for one in given})
    )
    for key, code in rows.order_by("locale__language_code").values_list(
        "translation_key", "locale__language_code"
    ):
        found.setdefault(key, []).append(code)
    return found


def subjects_of() -> dict[int, tuple[str, str]]:
    """What the pages of municipalities and sectors are about, by their numbers: ("municipalities" or "sectors", slug)."""
    kinds = (("municipalities", MunicipalityPage), ("sectors", SectorPage))
    return {
        number: (kind, slug)
        for kind, model in kinds
        for number, slug in model.objects.values_list("pk", "subject")
    }


def events(language: str, municipality: str = "") -> QuerySet[EventPage]:
    """The live events of a language, of one municipality or all, by their beginning."""
    found = (
        EventPage.objects.live().public().filter(locale__language_code=language).order_by("starts_at", "pk")
    )
    return found.filter(municipality=municipality) if municipality else found


def event(language: str, slug: str) -> EventPage | None:
    """One live event, or None."""
    return events(language).filter(slug=slug).first()
