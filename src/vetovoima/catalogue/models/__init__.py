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
from .sectors import (
    SectorHomework,
    SectorPull,
    SectorQuestion,
    SectorSheet,
    SectorStrength,
    StrengthJudgement,
    TargetNiche,
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
    "SectorHomework",
    "SectorPull",
    "SectorQuestion",
    "SectorSheet",
    "SectorStrength",
    "Site",
    "SiteDraft",
    "SiteFile",
    "SiteNumber",
    "SitePhoto",
    "SiteQuerySet",
    "SiteVersion",
    "StrengthJudgement",
    "TargetNiche",
]
