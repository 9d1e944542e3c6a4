"""The page types of the public site. Only content that anybody may read lives in pages."""

from .marks import TranslationMark
from .news import EventIndexPage, EventPage, NewsIndexPage, NewsPage
from .pages import (
    ContentPage,
    HomePage,
    MunicipalityIndexPage,
    MunicipalityPage,
    RegionPage,
    SectionPage,
    SectorIndexPage,
    SectorPage,
    TextPage,
)

__all__ = [
    "ContentPage",
    "EventIndexPage",
    "EventPage",
    "HomePage",
    "MunicipalityIndexPage",
    "MunicipalityPage",
    "NewsIndexPage",
    "NewsPage",
    "RegionPage",
    "SectionPage",
    "SectorIndexPage",
    "SectorPage",
    "TextPage",
    "TranslationMark",
]
