"""The real region's pages: each loads in three languages, leads somewhere, and states no figure that nothing backs."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from tests.regions.packs import REAL
from vetovoima.catalogue.knowledge.checking import number_findings, unbacked
from vetovoima.config.loading import load_pack
from vetovoima.portal.board.states import State, board_rows
from vetovoima.portal.checking import dead_links
from vetovoima.portal.models import ContentPage, HomePage, MunicipalityPage, RegionPage, SectorPage
from vetovoima.portal.uses import texts_of
from vetovoima.reference.loading import LoadReport
from vetovoima.reference.pack import open_pack

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
#: what an investor looks for; a page that goes missing is missed by somebody
SUBJECTS = (
    "region", "sectors", "municipalities", "getting-here", "skills", "energy", "land", "taxes-and-aid",
    "permit-guide", "living", "cases", "services", "questions", "news", "events", "ownership-transfers",
    "finance", "aftercare", "themes", "smart-specialisation", "accessibility", "privacy", "open-data",
)  # fmt: skip
#: the pages with the most to gather: how many questions the database may be asked for one of them
GATHERING, MOST_QUERIES = (HomePage, RegionPage, SectorPage, MunicipalityPage), 25


def subclasses(model: type[Any]) -> list[type[Any]]:
    """This will return the page types that are not abstract."""
    found = [] if model._meta.abstract else [model]
    for one in model.__subclasses__():
        found += subclasses(one)
    return found


class TestKainuuPages(TestCase):
    """Loads the real pack once."""

    pages: list[Any]

    @classmethod
    def setUpTestData(cls) -> None:
        """This will load the whole pack."""
        load_pack(open_pack(REAL, "kainuu"), LoadReport(), NOW)
        cls.pages = [page for model in subclasses(ContentPage) for page in model.objects.live()]

    def test_every_subject_is_there_in_three_languages(self):
        for slug in SUBJECTS:
            languages = {one.locale.language_code for one in self.pages if one.slug == slug}
            assert languages == {"fi", "en", "sv"}, slug

    def test_no_link_of_a_page_leads_nowhere(self):
        dead = {one.url_path: dead_links(one) for one in self.pages}

        assert {path: links for path, links in dead.items() if links} == {}

    def test_no_page_is_outdated_right_after_loading(self):
        cells = [cell for row in board_rows(NOW.date(), self.pages) for cell in row.cells]

        assert {cell.page.url_path: cell.reasons for cell in cells if cell.state != State.CURRENT} == {}

    def test_no_figure_stands_without_a_fact(self):
        loose = {
            f"{one.url_path}: {finding.figure.written}"
            for one in self.pages
            for text in texts_of(one)
            for finding in unbacked(number_findings(text, one.locale.language_code))
        }

        assert loose == set()

    def test_every_page_with_facts_names_its_sources(self):
        bare = [
            one.url_path
            for one in self.pages
            if any(re.search(r"\{fact:", text) for text in texts_of(one)) and not len(one.sources)
        ]

        assert bare == []

    def test_no_page_asks_the_database_too_much(self):
        asked = {}
        for one in self.pages:
            if isinstance(one, GATHERING) and one.locale.language_code == "fi":
                path = f"/fi/{one.url_path.lstrip('/').partition('/')[2]}"
                with CaptureQueriesContext(connection) as queries:
                    answer = self.client.get(path)
                assert answer.status_code == 200, path
                self.assertNotContains(answer, "{fact:")
                asked[path] = len(queries)

        assert len(asked) > 15
        assert {path: count for path, count in asked.items() if count > MOST_QUERIES} == {}

    def test_the_pages_answer(self):
        for path in ("/en/energy/", "/en/questions/", "/sv/municipalities/kuhmo/", "/sv/sectors/technology/"):
            answer = self.client.get(path)

            assert answer.status_code == 200, path
            self.assertNotContains(answer, "{fact:")
