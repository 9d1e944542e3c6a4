"""What the catalogue stores, one module for each noun."""

from .drafts import SiteDraft
from .files import SiteFile
from .knowledge import (
    FactUse,
    KnowledgeAsset,
    KnownFact,
    PermitPath,
    PermitStep,
    PolicyFact,
    ReferenceCompany,
)
from .sites import Site, SiteNumber, SitePhoto, SiteQuerySet, SiteVersion

__all__ = [
    "FactUse",
    "KnowledgeAsset",
    "KnownFact",
    "PermitPath",
    "PermitStep",
    "PolicyFact",
    "ReferenceCompany",
    "Site",
    "SiteDraft",
    "SiteFile",
    "SiteNumber",
    "SitePhoto",
    "SiteQuerySet",
    "SiteVersion",
]
