"""The files of a delivery: what they say, that they are kept to the byte, and that nothing confidential is in them."""

from __future__ import annotations

import email
import email.policy
import hashlib
import io
import json
import zipfile

import openpyxl
import pikepdf
import pytest
from jsonschema import Draft202012Validator

from tests.factories import NOW, make_organisation
from tests.factories.knowledge import make_fact
from tests.factories.sites import make_site
from tests.syndication.partners_world import content, make_channel, make_example, packed_delivery
from vetovoima.accounts.enums import OrganisationKind
from vetovoima.catalogue import services as catalogue
from vetovoima.common.fields import Translated
from vetovoima.directory.models import Contact
from vetovoima.syndication.channels.versions import shown_version
from vetovoima.syndication.models import PartnerChannel, PartnerDelivery
from vetovoima.syndication.partners import queries
from vetovoima.syndication.partners.letters import mail_draft
from vetovoima.syndication.partners.schema import delivery_schema

pytestmark = pytest.mark.django_db
CANARY = "canary7f3a"


def full_delivery(**values) -> PartnerDelivery:
    make_fact("population-kuhmo", municipality="kuhmo")
    council = make_organisation("the-council", OrganisationKind.COUNCIL)
    person = Contact.objects.create(
        key="a",
        name="Ada Answers",
        organisation=council,
        email="ada@council.example",
        phone="+358 1 2",
        languages=["fi"],
    )
    return packed_delivery(**{"facts": ["population-kuhmo"], "contact": person, **values})


def parsed(delivery: PartnerDelivery):
    return json.loads(content(delivery, "json"))


def test_the_json_is_as_its_published_schema_says():
    schema = delivery_schema()
    Draft202012Validator.check_schema(schema)
    document = parsed(full_delivery())

    assert list(Draft202012Validator(schema).iter_errors(document)) == []
    for lost in ("reference", "records", "version", "from", "licence"):
        broken = {name: value for name, value in document.items() if name != lost}
        assert not Draft202012Validator(schema).is_valid(broken)
    assert not Draft202012Validator(schema).is_valid(
        {**document, "records": [{**document["records"][0], "version": 0}]}
    )


def test_the_envelope_says_who_to_whom_when_under_which_licence_and_which_version():
    delivery = full_delivery(language="fi")
    document = parsed(delivery)
    code = delivery.records.get().code

    assert (document["schema"], document["reference"], document["language"]) == (
        "vetovoima.delivery/1", "windy-agency-001", "fi",
    )  # fmt: skip
    assert document["from"]["contact"]["name"] == "Ada Answers"
    assert document["to"] == {"key": "windy-agency", "name": "Windy Agency"}
    assert document["made_at"].startswith("2026-03-10T")
    assert document["licence"] == "CC BY 4.0"
    assert document["licence_url"] == "https://creativecommons.org/licenses/by/4.0/"
    assert document["version"] == delivery.mark == shown_version([(code, 1)])
    assert [one["code"] for one in document["numbers"]] == ["population-kuhmo"]
    record = document["records"][0]
    assert (record["code"], record["version"], record["language"]) == (code, 1, "fi")
    assert record["url"].startswith("http")
    assert record["url"].endswith(f"/fi/sites/{code}/")


def test_every_file_is_kept_with_its_check_sum():
    delivery = full_delivery()

    assert [one.form for one in queries.files_of(delivery)] == ["json", "xlsx", "pdf", "txt"]
    for one in delivery.files.all():
        kept = bytes(one.content)
        assert (len(kept), hashlib.sha256(kept).hexdigest()) == (one.size, one.sha256)
        assert one.name == f"{delivery.code}-en.{one.form}"
    assert delivery.digest == hashlib.sha256(content(delivery, "json")).hexdigest()


def test_the_workbook_has_the_envelope_the_records_their_facts_and_the_numbers():
    site = make_site(state="published", name=Translated(en="=HYPERLINK(1)"))
    delivery = full_delivery(records=[site.code])

    book = openpyxl.load_workbook(io.BytesIO(content(delivery, "xlsx")))

    assert book.sheetnames == ["Delivery", "Records", "Facts", "Addresses", "Numbers"]
    envelope = {row[0].value: row[1].value for row in book["Delivery"].iter_rows(min_row=2)}
    assert (envelope["Reference"], envelope["To"]) == ("windy-agency-001", "Windy Agency")
    name = book["Records"]["B2"]
    assert (name.value, name.data_type) == ("=HYPERLINK(1)", "s")
    address = [cell.value for cell in book["Addresses"][2]]
    assert address[0] == site.code
    assert address[2:] == [1, parsed(delivery)["records"][0]["url"]]
    assert book["Numbers"]["A2"].value == "population-kuhmo"


@pytest.mark.parametrize("language", ["fi", "en", "sv"])
def test_the_pdf_is_tagged_and_in_the_language_of_the_delivery(language):
    delivery = full_delivery(language=language)

    with pikepdf.open(io.BytesIO(content(delivery, "pdf"))) as document:
        assert (str(document.Root.Lang), "/StructTreeRoot" in document.Root) == (language, True)
        assert str(document.docinfo["/Title"]) == delivery.title


def test_the_mail_draft_opens_for_writing_with_the_files_as_they_were_made():
    delivery = full_delivery()
    raw = mail_draft(delivery, delivery.files.all())

    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert (mail["X-Unsent"], mail["To"], mail["Subject"]) == (
        "1", "desk@agency.example", "Power and room [windy-agency-001]",
    )  # fmt: skip
    assert mail["From"] is None
    body = mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert content(delivery, "txt").decode().endswith(body)
    for words in (
        "Here is what we offer.",
        "windy-agency-001",
        delivery.mark,
        delivery.digest,
        "Ada Answers",
    ):
        assert words in body
    attached = {one.get_filename(): one.get_payload(decode=True) for one in mail.iter_attachments()}
    assert attached == {
        f"windy-agency-001-en.{form}": content(delivery, form) for form in ("pdf", "xlsx", "json")
    }
    assert mail_draft(delivery, delivery.files.all()) == raw


def test_without_an_address_the_draft_has_none():
    delivery = packed_delivery(channel=make_channel(email=""))

    assert b"\nTo:" not in mail_draft(delivery, delivery.files.all())


def test_an_example_says_so_in_every_file():
    channel = make_channel()
    PartnerChannel.objects.update(is_example=True)
    delivery = packed_delivery(channel=channel, records=[make_example()])

    assert parsed(delivery)["is_example"] is True
    book = openpyxl.load_workbook(io.BytesIO(content(delivery, "xlsx")))
    assert "EXAMPLE" in [row[1].value for row in book["Delivery"].iter_rows(min_row=2)]
    assert content(delivery, "txt").decode().splitlines()[0].endswith("(EXAMPLE)")


def _everything(delivery: PartnerDelivery) -> str:
    """Every word of every file: the workbook unzipped, the PDF with its streams opened."""
    with zipfile.ZipFile(io.BytesIO(content(delivery, "xlsx"))) as book:
        sheets = "".join(book.read(name).decode() for name in book.namelist())
    opened = io.BytesIO()
    with pikepdf.open(io.BytesIO(content(delivery, "pdf"))) as document:
        document.save(
            opened, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized
        )
    texts = [content(delivery, "json"), content(delivery, "txt"), opened.getvalue()]
    return sheets + "".join(text.decode("latin-1") for text in texts)


def test_nothing_confidential_is_in_any_file():
    site = make_site(
        state="published", owner_kind="private", owner_name=f"{CANARY} owner", name=Translated(en="Plot")
    )
    unpublished = {
        "internal_note": f"{CANARY} note", "owner_name": f"{CANARY} other", "name": Translated(en=f"{CANARY} name"),
        "summary": Translated(en=f"{CANARY} summary"), "description": Translated(en=f"{CANARY} words"),
    }  # fmt: skip
    catalogue.edit_site(site=site, values=unpublished, by=None, now=NOW, revision=None)
    channel = make_channel(
        note=f"{CANARY} of the council", rules=Translated(en=f"{CANARY} rule"), purpose=Translated(en=f"{CANARY} purpose"),
    )  # fmt: skip

    delivery = full_delivery(channel=channel, records=[site.code])

    assert "Plot" in content(delivery, "json").decode()
    assert CANARY not in _everything(delivery)
    assert CANARY.encode() not in mail_draft(delivery, delivery.files.all())


def test_the_canary_would_be_found():
    delivery = full_delivery(title=f"{CANARY} title", message=f"{CANARY} said")

    for form in ("json", "txt"):
        assert CANARY in content(delivery, form).decode()
    assert _everything(delivery).count(CANARY) > 4
