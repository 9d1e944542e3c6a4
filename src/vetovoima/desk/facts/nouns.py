"""The four nouns beside the facts: how each is listed, edited and stored. One shape, so that one set of views serves all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue.knowledge import around, queries

from .forms import KnowledgeForm
from .noun_forms import AssetForm, CompanyForm, PathForm, PolicyForm


@dataclass(frozen=True)
class Noun:
    """One of the nouns: its words, its query, its form, and the services that store it."""

    name: str
    kind: str
    label: str | Promise
    one: str | Promise
    lead: str | Promise
    empty: str | Promise
    form: type[KnowledgeForm]
    all: Callable[[], Any]
    argument: str
    create: Callable[..., Any]
    edit: Callable[..., Any]
    public: str = ""


NOUNS = {
    one.name: one
    for one in (
        Noun(
            "policies", around.POLICY, _("Policies"), _("policy"),
            _("Land policy, prices, taxes, aid and permits of the municipalities, the region and the state, with their time."),
            _("No policy is on record yet. Begin with the price of the municipality's plots."),
            PolicyForm, queries.policies, "policy", around.create_policy, around.edit_policy, "portal-facts",
        ),
        Noun(
            "assets", around.ASSET, _("Expertise"), _("place of expertise"),
            _("Campuses, laboratories, test sites and data centres, and what they do for an investor."),
            _("Nothing is on record yet. Begin with a school or a data centre."),
            AssetForm, queries.assets, "asset", around.create_asset, around.edit_asset, "portal-expertise",
        ),
        Noun(
            "references", around.COMPANY, _("Reference companies"), _("reference company"),
            _("A company is shown in public only while its consent is in force and names the portal."),
            _("No company is on record yet. Ask for a consent first; without one nothing is shown."),
            CompanyForm, queries.references, "company", around.create_company, around.edit_company, "portal-references",
        ),
        Noun(
            "permits", around.PATH, _("Permit paths"), _("permit path"),
            _("Which permits a kind of project needs: who decides, on what law, how long it takes as far as a source tells."),
            _("No path is on record yet. Begin with an industrial building on a plot."),
            PathForm, queries.permit_paths, "path", around.create_path, around.edit_path, "portal-permits",
        ),
    )
}  # fmt: skip
