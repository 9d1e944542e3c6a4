"""Loading a whole data pack: every app stores its own part, in one transaction, or nothing is stored."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vetovoima.accounts.loading import load_demo_people, load_organisations
from vetovoima.accounts.models import Organisation
from vetovoima.catalogue.knowledge.loading import Known, load_companies, load_knowledge
from vetovoima.catalogue.knowledge.queries import fact_codes
from vetovoima.catalogue.loading import load_sites
from vetovoima.catalogue.sectors.loading import load_example_review, load_sheets
from vetovoima.collection.connectors.loading import load_statistics
from vetovoima.collection.rounds.loading import load_duties, load_example_rounds
from vetovoima.cooperation.emphasis.loading import load_emphases
from vetovoima.cooperation.examples import load_example_work
from vetovoima.cooperation.loading import load_responsibilities, load_strategy
from vetovoima.directory.loading import load_contacts
from vetovoima.media.models import Photo
from vetovoima.monitoring.benchmarks.loading import load_benchmarks
from vetovoima.monitoring.following import follow_indicators
from vetovoima.monitoring.loading import load_indicators, load_investments, load_observations, load_targets
from vetovoima.pipeline.loading import load_example_enquiries
from vetovoima.portal.loading import load_pages
from vetovoima.reference import loading as reference
from vetovoima.reference.loading import LoadReport
from vetovoima.reference.models import Municipality, Sector, Theme
from vetovoima.reference.pack import Pack
from vetovoima.syndication.partners.loading import load_partners
from vetovoima.syndication.services import render_all_by_night

from .examples import add_example_photo


@transaction.atomic
def load_pack(pack: Pack, report: LoadReport, now: datetime) -> LoadReport:
    """This will store the region's facts: idempotent, never over a person's edits.

    Raises BrokenPack with every problem found, and stores nothing then.
    """
    region = reference.load_region(pack, report)
    municipalities = reference.load_municipalities(pack, report)
    sectors = reference.load_sectors(pack, report)
    themes = reference.load_themes(pack, report)
    reference.load_s3_priorities(pack, report, sectors)
    reference.load_places(pack, report, municipalities)
    reference.load_claims(pack, report)
    organisations = load_organisations(pack, report, municipalities)
    load_partners(pack, report, organisations)
    load_strategy(pack, report, organisations)
    load_responsibilities(pack, report, organisations)
    load_emphases(pack, report, municipalities, sectors, themes, now)
    load_sites(
        pack, report, file="sites.csv", municipalities=municipalities, sectors=sectors, themes=themes, contacts={},
        is_example=False, now=now,
    )  # fmt: skip
    load_investments(pack, report, municipalities, sectors)
    load_targets(pack, report)
    indicators = load_indicators(pack, report)
    load_statistics(pack, report, set(indicators))
    areas = {*municipalities, *([region.code] if region else [])}
    load_observations(pack, report, indicators, areas)
    load_knowledge(pack, report, Known(municipalities, organisations, sectors), now)
    follow_indicators(now)
    load_benchmarks(pack, report, fact_codes())
    load_sheets(pack, report, sectors, now)
    load_duties(pack, report)
    load_pages(pack, report)
    if report.counts.get("place", {}).keys() & {"added", "changed", "removed"}:
        render_all_by_night(now)  # every record tells how far it is to the nearest of them
    pack.check()
    return report


@transaction.atomic
def load_examples(pack: Pack, report: LoadReport, now: datetime, password: str) -> LoadReport:
    """This will store the labelled examples of `examples/` and the demonstration's sign-ins.

    Raises BrokenPack, and stores nothing then.
    """
    municipalities = {one.slug: one for one in Municipality.objects.all()}
    sectors = {one.slug: one for one in Sector.objects.select_related("parent")}
    themes = {one.slug: one for one in Theme.objects.all()}
    load_organisations(pack, report, municipalities, file="examples/organisations.csv", is_example=True)
    organisations = {one.slug: one for one in Organisation.objects.all()}
    load_demo_people(pack, report, organisations, password)
    load_companies(
        pack, report, Known(municipalities, organisations, sectors), now,
        file="examples/reference_companies.csv", is_example=True,
    )  # fmt: skip
    load_partners(pack, report, organisations, file="examples/partners.csv", is_example=True)
    contacts = load_contacts(pack, report, organisations, file="examples/contacts.csv", is_example=True)
    load_sites(
        pack, report, file="examples/sites.csv", municipalities=municipalities, sectors=sectors, themes=themes,
        contacts=contacts, is_example=True, now=now,
        before_publishing=None if Photo.objects.exists() else add_example_photo,
    )  # fmt: skip
    load_example_enquiries(pack, report, municipalities, sectors, now)
    load_example_rounds(pack, report, municipalities, now)
    load_emphases(
        pack, report, municipalities, sectors, themes, now, file="examples/emphases.json", is_example=True
    )
    load_example_work(pack, report, municipalities, now)
    load_example_review(pack, report, now)
    pack.check()
    return report
