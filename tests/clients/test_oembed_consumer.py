"""A consumer of oEmbed does what https://oembed.com section 4 says: it is given an address of a page, and nothing else.

No library of consumers that is kept up was found that does discovery without a list of providers, so the steps stand here.
"""

from __future__ import annotations

import json
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest

from tests.clients.conftest import Service

pytestmark = pytest.mark.django_db(transaction=True)


class Tags(HTMLParser):
    """The tags of one kind in a page, each with its attributes."""

    def __init__(self, wanted: str) -> None:
        super().__init__()
        self.wanted = wanted
        self.found: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == self.wanted:
            self.found.append({name: value or "" for name, value in attrs})


def tags(wanted: str, html: str) -> list[dict[str, str]]:
    reader = Tags(wanted)
    reader.feed(html)
    return reader.found


def fetch(address: str) -> str:
    with urlopen(address) as answer:
        return str(answer.read().decode())


@pytest.mark.parametrize("path", ["/fi/sites/{code}/", "/en/municipalities/kuhmo/", "/sv/sites/"])
def test_the_address_of_a_page_is_enough(service: Service, path: str) -> None:
    page = service.url + path.format(code=service.plots[0])
    links = [one for one in tags("link", fetch(page)) if one.get("type") == "application/json+oembed"]
    assert [one["rel"] for one in links] == ["alternate"]
    endpoint = urlsplit(links[0]["href"])
    assert parse_qs(endpoint.query)["url"] == [page]
    found = json.loads(fetch(f"{links[0]['href']}&maxwidth=400&maxheight=300"))
    # 2.3.4.4: what an answer of the type rich must have
    assert (found["type"], found["version"]) == ("rich", "1.0")
    assert found["width"] <= 400 and found["height"] <= 300 and found["html"]
    (frame,) = tags("iframe", found["html"])
    assert urlsplit(frame["src"]).netloc == urlsplit(service.url).netloc
    shown = fetch(frame["src"])
    assert service.plots[0] in shown
    assert not tags("form", shown)
