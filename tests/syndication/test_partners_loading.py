"""The register of channels in a data pack: stored, stored again, and refused with the place of what is wrong."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.factories import NOW, make_organisation, make_region
from vetovoima.accounts.enums import OrganisationKind
from vetovoima.reference.loading import LoadReport
from vetovoima.reference.pack import BrokenPack, Pack
from vetovoima.syndication.models import PartnerChannel
from vetovoima.syndication.partners import services
from vetovoima.syndication.partners.loading import load_partners

pytestmark = pytest.mark.django_db
HEAD = "key,kind,name_en,purpose_en,organisation,website,fee,fee_currency,fee_period,kinds,languages,talk_months,source,source_date\n"
GOOD = "windy,agency,Windy,To blow,agency,https://windy.example/,10.5,EUR,year,plot,en;fi,12,The wind book,2026\n"


def load(folder: Path, rows: str) -> LoadReport:
    make_region()
    organisation = make_organisation("agency", OrganisationKind.NATIONAL)
    (folder / "partners.csv").write_text(HEAD + rows)
    report = LoadReport()
    load_partners(Pack(folder), report, {"agency": organisation})
    return report


def test_a_pack_is_loaded_twice_and_leaves_what_people_changed(tmp_path):
    assert load(tmp_path, GOOD).counts["partner"] == {"added": 1}
    channel = PartnerChannel.objects.get()
    assert (channel.fee, channel.kinds, channel.languages) == (Decimal("10.50"), ["plot"], ["en", "fi"])
    assert (channel.talk_months, channel.talk_on, channel.organisation.slug) == (12, None, "agency")
    assert channel.source == {"title": "The wind book", "dated": "2026"}
    assert load(tmp_path, GOOD).counts["partner"] == {"same": 1}

    services.edit_partner(
        channel=channel, values={"website": "https://new.example/"}, by=None, now=NOW, revision=None
    )
    load(tmp_path, GOOD.replace("windy.example", "other.example").replace("To blow", "To howl"))

    channel.refresh_from_db()
    assert (channel.website, str(channel.purpose)) == ("https://new.example/", "To howl")


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("windy,agency", "new,agency", "key"),
        ("windy,agency", "windy,circus", "kind"),
        (",Windy,", ",,", "name"),
        (",agency,https", ",nobody,https", "organisation"),
        ("https://windy.example/", "javascript:x", "website"),
        ("10.5", "-1", "fee"),
        ("EUR", "euros", "fee_currency"),
        ("year", "fortnight", "fee_period"),
        ("plot", "castle", "kinds"),
        ("en;fi", "de", "languages"),
        (",12,", ",99,", "talk_months"),
        ("The wind book", "", "source"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(tmp_path, old, new, column):
    with pytest.raises(BrokenPack) as refused:
        load(tmp_path, GOOD.replace(old, new, 1))

    assert {(one.file, one.row) for one in refused.value.problems} == {("partners.csv", 2)}
    assert any(one.column.startswith(column) for one in refused.value.problems)
    assert PartnerChannel.objects.count() == 0


def test_the_regions_own_register_says_only_what_its_source_says():
    folder = Path(__file__).parents[2] / "regions"
    for file in folder.glob("*/partners.csv"):
        rows = Pack(file.parent).table("partners.csv", ("key",))
        assert rows
        for row in rows:
            stated = {
                name: row.text(name) for name in ("fee", "email", "talk_months", "rules_en") if row.text(name)
            }
            assert (row.text("source") != "", stated) == (True, {}), row.text("key")
