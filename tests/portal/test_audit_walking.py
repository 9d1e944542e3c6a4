"""How far records are from the home page: by links, by further pages of a list, by an address that sends on."""

from __future__ import annotations

import pytest

from vetovoima.portal.audit import walking
from vetovoima.portal.audit.reading import PageRead
from vetovoima.portal.audit.walking import Walk, walk

RECORDS = [f"/en/sites/A-{number}/" for number in range(1, 8)]
#: a small site: what each address links to
LINKS = {
    "/en/": ["/en/sites/", "/en/opportunities/", "/en/town/", "/fi/", "https://other.example/en/sites/A-7/"],
    "/en/sites/": [RECORDS[0], "?page=2", "?kind=plot"],
    "/en/sites/?page=2": [RECORDS[1], "?page=3"],
    "/en/sites/?page=3": [RECORDS[2]],
    "/en/sites/?kind=plot": [RECORDS[6]],
    "/en/sites/?kind=opportunity": [RECORDS[3]],
    "/en/town/": ["/en/sites/?municipality=town", "/en/sites/?min_area=3"],
    "/en/sites/?municipality=town": [RECORDS[4]],
    "/en/sites/?min_area=3": [RECORDS[5]],
}
SENT_ON = {"/en/opportunities/": "/en/sites/?kind=opportunity"}


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> Walk:
    def reads(url: str) -> PageRead:
        if url in SENT_ON:
            return PageRead(url, 302, location=SENT_ON[url])
        if url in LINKS or url in RECORDS:
            return PageRead(url, 200, "text/html", links=LINKS.get(url, []))
        return PageRead(url, 404)

    monkeypatch.setattr(walking, "read", reads)
    monkeypatch.setattr(walking, "record_paths", lambda: RECORDS)
    return walk()


def test_clicks_are_counted_as_a_reader_clicks(found: Walk) -> None:
    assert {url: found.clicks.get(url) for url in RECORDS} == {
        RECORDS[0]: 2,
        RECORDS[1]: 3,
        RECORDS[2]: 4,  # on the third page of the list: too far
        RECORDS[3]: 2,  # the address sends on, which is no click of its own
        RECORDS[4]: 3,  # a page's link to the list of its own sites
        RECORDS[5]: None,
        RECORDS[6]: None,  # narrowings of a list are not walked: there is no end of them
    }


def test_a_page_that_sends_on_is_no_page_that_was_read(found: Walk) -> None:
    assert "/en/opportunities/" not in {one.url for one in found.content_pages()}
    assert found.pages["/en/sites/?kind=opportunity"].is_page
