"""The page types of the public site. Only content that anybody may read lives in pages."""

from .pages import (
    HomePage,
    MunicipalityIndexPage,
    MunicipalityPage,
    NewsIndexPage,
    NewsPage,
    RegionPage,
    SectorIndexPage,
    SectorPage,
    TextPage,
)

__all__ = [
    "HomePage",
    "MunicipalityIndexPage",
    "MunicipalityPage",
    "NewsIndexPage",
    "NewsPage",
    "RegionPage",
    "SectorIndexPage",
    "SectorPage",
    "TextPage",
]
