"""What the catalogue stores, one module for each noun."""

from .sites import Site, SiteNumber, SitePhoto, SiteQuerySet, SiteVersion

__all__ = ["Site", "SiteNumber", "SitePhoto", "SiteQuerySet", "SiteVersion"]
