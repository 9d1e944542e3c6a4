"""The real register against what is known of it: each assertion here was checked by hand against the sources."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.test import TestCase

from tests.regions.packs import REAL, load_facts
from vetovoima.monitoring import documents, queries
from vetovoima.monitoring.counting import Progress, Verdict
from vetovoima.monitoring.enums import Reason

MILLION = 1_000_000
TODAY = date(2026, 11, 22)


class TestKainuu(TestCase):
    """Loads the real pack once."""

    @classmethod
    def setUpTestData(cls) -> None:
        """This will load Kainuu's facts."""
        load_facts(REAL, "kainuu")

    def progress(self, scope: str | None = None) -> Progress:
        """This will return how far the strategy's target is."""
        target = queries.target("industrial-investments-2025")
        assert target is not None
        return queries.target_progress(target, scope=scope, today=TODAY)

    def verdicts(self, scope: str | None = None) -> dict[str, Verdict]:
        """This will return every row that does not count, by code."""
        return {one.investment.code: one for one in self.progress(scope).uncounted}

    def test_the_goal_is_1200_million_by_the_end_of_2025(self):
        progress = self.progress()

        assert (progress.goal_eur, progress.deadline) == (1_200 * MILLION, date(2025, 12, 31))
        assert (progress.days_left, progress.days_passed) == (0, 326)

    def test_secured_in_the_narrow_reading_is_70_million(self):
        totals = self.progress().totals

        assert (totals.secured.amount, totals.secured.share) == (70 * MILLION, Decimal("5.8"))
        assert totals.secured.codes == totals.realised.codes == ("kuhmo-oy-saw-line", "terrafame-uranium")

    def test_secured_in_the_wide_reading_passes_the_goal_by_data_centres(self):
        totals = self.progress("all").totals

        assert (totals.secured.amount, totals.secured.share) == (1_324_500_000, Decimal("110.4"))
        assert {one.scope: one.secured.amount for one in totals.scopes} == {
            "industrial": 70 * MILLION,
            "data_centre": 1_250 * MILLION,
            "tourism": 4_500_000,
        }

    def test_kaicell_has_its_permits_and_is_not_secured(self):
        for scope in (None, "all"):
            totals = self.progress(scope).totals
            assert totals.stage("permitted").codes == ("kaicell-paltamo",)
            assert totals.stage("permitted").amount == 900 * MILLION
            assert "kaicell-paltamo" in totals.pipeline.codes
            assert "kaicell-paltamo" not in totals.secured.codes

    def test_without_the_largest_project_the_pipeline_shrinks_to_otanmaki(self):
        progress = self.progress()

        assert progress.largest is not None
        assert progress.largest.investment.code == "kaicell-paltamo"
        assert (progress.totals.pipeline.low, progress.totals.pipeline.high) == (
            1_065 * MILLION,
            1_120 * MILLION,
        )
        without = progress.without_largest
        assert (without.pipeline.low, without.pipeline.high) == (165 * MILLION, 220 * MILLION)
        assert without.secured == progress.totals.secured

    def test_the_largest_of_all_scopes_is_the_data_centre_campus(self):
        progress = self.progress("all")

        assert progress.largest is not None
        assert progress.largest.investment.code == "xtx-kajaani"
        assert progress.without_largest.secured.amount == 324_500_000

    def test_terrafames_battery_chemicals_are_shown_but_outside_the_period(self):
        verdict = self.verdicts()["terrafame-battery-chemicals"]

        assert verdict.reasons == (Reason.OUTSIDE_PERIOD,)
        assert verdict.low == 240 * MILLION
        document = documents.progress_document(self.progress(), "en")
        shown = next(one for one in document["uncounted"] if one["code"] == "terrafame-battery-chemicals")
        assert (shown["display"], shown["detail"]) == ("€240 million", "Decided 2018-10.")

    def test_the_vuokatti_slope_is_counted_once(self):
        progress = self.progress("all")
        slope = {"vuokatti-east-slope", "vuokatin-aateli", "sokos-hotel-vuokatti", "vuokatinhovi"}

        assert slope & set(progress.totals.secured.codes) == {"sokos-hotel-vuokatti"}
        assert slope & set(progress.totals.pipeline.codes) == {"vuokatin-aateli", "vuokatinhovi"}
        assert self.verdicts("all")["vuokatti-east-slope"].reasons == (Reason.STATED,)
        idea = progress.totals.stage("idea")
        assert (idea.low, idea.high) == (50 * MILLION, 60 * MILLION)

    def test_the_building_of_the_supercomputer_is_not_added_to_its_programme(self):
        verdict = self.verdicts("all")["lumi-ai-building"]

        assert (verdict.reasons, verdict.inside) == ((Reason.CONTAINED,), "lumi-ai")

    def test_what_two_regions_share_does_not_count(self):
        verdicts = self.verdicts("all")

        for code in ("google-land-kajaani-muhos", "piiparinmaki", "kajave-grid-2023", "fingrid-jarvilinja"):
            assert verdicts[code].reason == Reason.SHARED_REGION, code

    def test_grants_and_lapsed_plans_do_not_count(self):
        verdicts = self.verdicts("all")

        assert verdicts["katera-steel-line"].reason == Reason.GRANT_ONLY
        assert verdicts["silent-partner-sotkamo"].reason == Reason.CANCELLED
        assert verdicts["st1-cellunolix"].reasons == (Reason.OUTSIDE_PERIOD,)
        assert verdicts["st1-cellunolix"].investment.ended_on == "2023"

    def test_every_row_either_counts_or_says_why(self):
        progress = self.progress()
        counted = {*progress.totals.secured.codes, *progress.totals.pipeline.codes}

        assert counted & set(self.verdicts()) == set()
        assert len(counted) + len(progress.uncounted) == queries.register().count()

    def test_every_row_names_its_source(self):
        assert [row.code for row in queries.register() if not row.source.get("title")] == []

    def test_hyrynsalmi_2022_is_2094_and_2054_stands_beside_it(self):
        population = queries.indicator("population")
        assert population is not None

        same = queries.conflicts()["population", "hyrynsalmi", "2022"]

        assert [(one.value, one.is_canonical) for one in same] == [
            (Decimal(2094), True),
            (Decimal(2054), False),
        ]
        assert same[0].canonical_reason.languages == same[1].canonical_reason.languages == ("fi", "en", "sv")
        assert queries.latest(population, "hyrynsalmi") == same[0]

    def test_the_municipalities_add_up_to_the_region(self):
        population = queries.indicator("population")
        assert population is not None
        found = {
            one.area: one.value
            for one in queries.observations(population)
            if one.period == "2022" and one.is_canonical
        }
        whole = found.pop("kainuu")

        assert whole == Decimal(70521)
        assert (len(found), sum(found.values())) == (8, whole)

    def test_the_mining_cluster_grew_from_its_baseline(self):
        turnover = queries.indicator("mining-cluster-turnover")
        assert turnover is not None

        values = {one.period: one.value for one in queries.series(turnover, "kainuu")}

        assert (values["2020"], values["2021"]) == (Decimal("464.4"), Decimal("508.5"))

    def test_loading_again_changes_nothing(self):
        report = load_facts(REAL, "kainuu")

        assert (report.total("added"), report.total("changed"), report.left_alone) == (0, 0, [])
