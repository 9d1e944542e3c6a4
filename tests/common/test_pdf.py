"""Documents: tagged, in their language, with what people wrote as text and never as code."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import pikepdf
import pytest

from vetovoima.common.colours import LIGHT
from vetovoima.common.pdf import CannotRender, Look, printable, render, rendering

SITE = "syndication/papers/site.typ"
WORDS = ("reason", "description", "power", "year", "free_mw", "readiness", "step", "state", "unknown", "contact", "all",
         "field", "value", "source", "disagreements", "no_contact")  # fmt: skip


def text(said: str = "") -> dict[str, str]:
    return {"text": said, "language": "en"}


def sheet(**values: Any) -> dict[str, Any]:
    """This will make the smallest record that the template of records prints."""
    return {
        "code": "X", "eyebrow": "Plot", "name": text("A plot"), "place": "Kuhmo", "summary": text(), "reason": text(),
        "description": text(), "example": "", "fallback": "", "key_facts": [], "power": [],
        "readiness": {"says": "0 of 5", "steps": []}, "unknown": [], "unknown_more": "", "groups": [], "contact": [],
        "disagreements": [], "version": "", "url": "", "words": {name: name for name in WORDS}, **values,
    }  # fmt: skip


def made(data: dict[str, Any], **options: Any) -> bytes:
    given = {
        "title": "A plot", "language": "en", "author": "Windy Isle", "look": Look("Invest in Windy Isle", 64.0),
        "dated": "Facts as of 1 March 2026", "moment": datetime(2026, 3, 1, tzinfo=UTC), **options,
    }  # fmt: skip
    return render(SITE, data, **given)


def read(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def test_a_document_is_tagged_and_archivable_in_its_language():
    with read(made(sheet(), language="fi")) as found:
        said = str(found.Root.Metadata.read_bytes())
        assert (str(found.Root.Lang), bool(found.Root.MarkInfo.Marked)) == ("fi", True)
        assert "/StructTreeRoot" in found.Root
        assert "<pdfuaid:part>1<" in said
        assert "<pdfaid:part>2<" in said and "<pdfaid:conformance>A<" in said
        assert str(found.docinfo["/Title"]) == "A plot"


def test_its_tables_and_headings_can_be_heard():
    group = {
        "name": "g", "label": "Group", "warning": "", "source": "Source: X",
        "facts": [{"label": "Area", "value": "3 ha", "is_known": True, "note": ""}],
    }  # fmt: skip
    tags = []
    with read(made(sheet(groups=[group]))) as found:
        pending = [found.Root.StructTreeRoot]
        while pending:
            node = pending.pop()
            if isinstance(node, pikepdf.Dictionary):
                tags.append(str(node.get("/S", "")))
                kids = node.get("/K", [])
                pending += list(kids) if isinstance(kids, pikepdf.Array) else [kids]

    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD"} <= set(tags)


def test_the_same_data_give_the_same_bytes():
    assert made(sheet()) == made(sheet())


@pytest.mark.parametrize(
    "said",
    [
        '#import "/etc/passwd": *', '#read("/etc/passwd")', "$ x^2 $", "] #panic() [", "*bold* _it_ = Heading", "\\u{41}",
        '"; #eval("1")', "مرحبا بالعالم", "🚀🏳️‍🌈 emoji", "\x00\x07 control", "\u202egnirts deneddih\u2066",
        "a" * 5000, "Lentokoneensuihkuturbiinimoottoriapumekaanikkoaliupseerioppilas", "é\u0301\u0301 e\u0301", "\ue000\U000f0000",
    ],
)  # fmt: skip
def test_what_people_write_is_text_and_nothing_else(said):
    """A template that took it as code would be refused, or would do something; here each becomes a document."""
    content = made(
        sheet(name=text(said), summary=text(said), unknown=[said]), title=said, author=said, dated=said
    )

    assert content.startswith(b"%PDF-")


def test_a_code_of_the_typesetter_is_written_out_as_it_stands():
    with read(made(sheet(), title="#panic()[*x*] $y$")) as found:
        assert str(found.docinfo["/Title"]) == "#panic()[*x*] $y$"


def test_letters_without_a_shape_are_shown_as_missing_and_hidden_signs_fall_away():
    assert printable("Kärsämäki Ærø Łódź Ωμέγα Пётр 40 m² €") == "Kärsämäki Ærø Łódź Ωμέγα Пётр 40 m² €"
    assert printable("e\u0301") == "é"
    assert printable("a\u202eb\u0000c") == "abc"
    assert printable("🚀 x") == "◊ x"


def test_a_megabyte_of_text_ends_in_a_document_or_in_a_sentence():
    """Measured: some two seconds and 200 MiB; a machine that cannot is told in a sentence, and nothing hangs."""
    try:
        content = made(sheet(description=text("Sähköä riittää. " * 62_500)))
    except CannotRender as error:
        ending: str | bytes = str(error)
    else:
        ending = content[:5]

    assert ending in {b"%PDF-", str(rendering.WORDS["time"]), str(rendering.WORDS["memory"])}


def test_too_much_text_is_refused_before_anything_is_set(monkeypatch):
    monkeypatch.setattr(rendering, "run_job", lambda *given, **more: pytest.fail("it was set"))

    with pytest.raises(CannotRender) as refused:
        made(sheet(description=text("x " * 2_500_000)))

    assert refused.value.code == "large"


def test_a_document_that_takes_too_long_is_stopped():
    with pytest.raises(CannotRender) as stopped:
        made(sheet(), seconds=0)  # type: ignore[arg-type]

    assert stopped.value.code == "time"


def test_a_template_that_fails_is_a_sentence_for_people_and_a_reason_in_the_log(caplog):
    with pytest.raises(CannotRender) as refused:
        made({"not": "a sheet"})

    assert refused.value.code == "refused"
    assert "site.typ" in caplog.text


def test_a_pack_that_writes_code_into_its_colours_gets_ours():
    shown = Look("X", 64.0, {"ink": '"); #panic(', "forest": "#123456", "nonsense": "#ffffff"}).as_data()[
        "colours"
    ]

    assert (shown["ink"], shown["forest"], "nonsense" in shown) == (LIGHT["ink"], "#123456", False)


def test_the_ribbon_is_the_year_of_light():
    ribbon = Look("X", 64.0).as_data()["ribbon"]

    assert round(min(ribbon["day"]) * 24) == 4
    assert round(max(ribbon["day"]) * 24) == 21
