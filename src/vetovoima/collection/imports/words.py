"""Words in cells beyond the standard's own: what people call choices, and how they say that there is no value."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz, process

from vetovoima.catalogue.enums import Absence
from vetovoima.catalogue.registry import BY_NAME
from vetovoima.collection.standard import words as standard
from vetovoima.collection.standard.cells import items

#: from which likeness a word is offered as "did you mean"
LIKE = 70

ABSENCES: dict[str, tuple[str, ...]] = {
    Absence.UNKNOWN: (
        "tieto puuttuu", "puuttuu", "selvitettävä", "avoin", "??", "n/a", "na", "tbd", "tbc", "e.t", "ei saatavilla",
        "not available",
    ),
    Absence.NOT_STUDIED: (
        "tutkimatta", "ei tehty", "not surveyed",
    ),
    Absence.NONE: (
        "ei mitään", "nil", "ei sovellu",
    ),
}  # fmt: skip
_ABSENT = {word: why for why, words in ABSENCES.items() for word in words}
#: longer texts are no absences
LONGEST_ABSENCE = 30
#: signs for an empty cell; an export writes KEPT for what no cell can hold, and that stays as it is
NOTHING = standard.DASHES | {"…", "...", standard.KEPT}

#: other words for choices: field → value → words
CHOICE_WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "availability": {
        "available": ("vapaa", "vapaana", "heti vapaa", "vapaa heti", "myytävänä", "vuokrattavana", "tarjolla", "free", "vacant",
                      "for sale", "ledig", "till salu", "on", "kyllä", "saatavilla", "vapaita"),
        "reserved": ("varattu", "varauksessa", "reserved", "reserverad", "bokad", "osittain varattu", "varaus"),
        "negotiation": ("neuvottelussa", "neuvotellaan", "under negotiation", "neuvottelut käynnissä", "förhandling",
                        "under förhandling", "in negotiation"),
        "planned": ("suunnitteilla", "tulossa", "kaavoituksessa", "planned", "planerad", "under planering", "tuleva", "planned_area",
                    "kaavoitettavana"),
        "taken": ("myyty", "vuokrattu", "luovutettu", "ei vapaa", "käytössä", "sold", "taken", "let", "rented", "såld", "uthyrd",
                  "upptagen", "poistunut"),
    },
    "tenure": {
        "sale": ("myynti", "myydään", "kauppa", "osto", "sale", "for sale", "sell", "försäljning", "säljs", "till salu", "oma"),
        "lease": ("vuokra", "vuokraus", "vuokrataan", "vuokralle", "lease", "rent", "to let", "for rent", "uthyrning", "hyrs ut",
                  "arrende", "vuokratontti"),
        "both": ("myynti tai vuokra", "myynti/vuokraus", "myydään/vuokrataan", "myydään tai vuokrataan", "myynti ja vuokraus",
                 "sale or lease", "both", "molemmat", "båda", "försäljning eller uthyrning", "myynti/vuokra"),
    },
    "owner_kind": {
        "municipality": ("kunta", "kaupunki", "kunnan", "kaupungin", "municipality", "town", "city", "kommun", "kommunen", "stad"),
        "state": ("valtio", "valtion", "metsähallitus", "senaatti", "senaatti-kiinteistöt", "state", "government", "staten"),
        "company": ("yritys", "oy", "oyj", "osakeyhtiö", "company", "företag", "ab", "yhdistys", "säätiö", "osakaskunta"),
        "private": ("yksityinen", "yksityiset", "yksityinen omistaja", "yksityishenkilö", "private", "privat", "privat ägare"),
        "mixed": ("useita", "useita omistajia", "eri omistajia", "several", "mixed", "flera", "kunta ja yksityinen"),
    },
    "plan_state": {
        "none": ("ei kaavaa", "kaavoittamaton", "ei kaavoitettu", "haja-asutusalue", "no plan", "unplanned", "ingen plan", "oplanerat"),
        "regional": ("maakuntakaava", "regional plan", "landskapsplan"),
        "master": ("yleiskaava", "osayleiskaava", "yk", "oyk", "master plan", "generalplan", "delgeneralplan"),
        "detailed_pending": ("vireillä", "asemakaava vireillä", "kaavoitus käynnissä", "kaavoitettavana", "valmisteilla",
                             "plan pending", "detaljplan anhängig", "under beredning", "kaava vireillä", "luonnos"),
        "detailed_proposal": ("ehdotus", "asemakaavaehdotus", "ehdotusvaihe", "nähtävillä", "plan proposal", "planförslag"),
        "detailed_in_force": ("asemakaava", "asemakaavoitettu", "asemakaava voimassa", "voimassa", "lainvoimainen", "ak",
                              "kaavoitettu", "lainvoimainen asemakaava", "detailed plan", "zoned", "in force", "detaljplan",
                              "detaljplanerad", "i kraft"),
        "deviation": ("poikkeamispäätös", "poikkeamislupa", "deviation", "undantagsbeslut"),
    },
    "place_precision": {
        "exact": ("tarkka", "exact", "exakt", "tarkka sijainti"),
        "settlement": ("taajama", "kylä", "settlement", "ort", "tätort"),
        "municipality": ("kunta", "municipality", "kommun", "kunnan tarkkuus"),
    },
}  # fmt: skip
UNKNOWN_CHOICE = (
    "ei tiedossa",
    "ei tietoa",
    "tuntematon",
    "?",
    "unknown",
    "not known",
    "okänt",
    "uppgift saknas",
    "n/a",
)


def squeezed(text: Any) -> str:
    """A word as it is compared: lower case, single spaces, no full stop at the end."""
    plain = " ".join(str(text).replace("\u00a0", " ").casefold().split())
    return plain.replace(" / ", "/").rstrip(".") or str(text).strip()


def says_nothing(cell: Any) -> bool:
    """Whether a cell is empty or only holds a dash."""
    return cell is None or (isinstance(cell, str) and cell.strip() in NOTHING)


def absence_in(cell: Any) -> str:
    """Which of the three absences a cell states, or ""."""
    if not isinstance(cell, str) or len(cell) > LONGEST_ABSENCE:
        return ""
    return _absence_in(cell)


@lru_cache(maxsize=8192)
def _absence_in(cell: str) -> str:
    return standard.absence_of(cell)[0] or _ABSENT.get(squeezed(cell), "")


def is_marked(cell: Any) -> bool:
    """Whether a cell stands in brackets, as an exported file marks an absence that is a choice's word too."""
    return isinstance(cell, str) and standard.absence_of(cell)[1]


@lru_cache(maxsize=512)
def _choice_names(name: str) -> dict[str, str]:
    """Word → value of a field's choices: the standard's own words in every language, and what people say."""
    found = {squeezed(word): value for word, value in standard.choices_of(name).items()}
    for value in BY_NAME[name].choices.values:
        found.setdefault(squeezed(value.replace("_", " ")), value)
    for value, words in CHOICE_WORDS.get(name, {}).items():
        for word in words:
            found.setdefault(squeezed(word), value)
    if "unknown" in BY_NAME[name].choices.values:
        for word in UNKNOWN_CHOICE:
            found.setdefault(squeezed(word), "unknown")
    return found


def read_choice(name: str, cell: Any) -> str:
    """This will read a choice by its value, its label in any language, or what people call it.

    Raises ValidationError that says what was probably meant and what there is to choose.
    """
    words = _choice_names(name)
    found = words.get(squeezed(cell))
    if found is not None:
        return found
    raise refused_word(cell, words, [str(label) for _value, label in BY_NAME[name].choices.choices])


def refused_word(cell: Any, words: dict[str, str] | Iterable[str], labels: list[str]) -> ValidationError:
    """The refusal of a word that is none of the list, with the likeliest of them."""
    like = process.extractOne(squeezed(cell), list(words), scorer=fuzz.ratio, score_cutoff=LIKE)
    text = str(cell)[:60]
    if like:
        return ValidationError(
            _("“%(text)s” is not on the list. Did you mean “%(like)s”?"),
            code="choice",
            params={"text": text, "like": like[0]},
        )
    return ValidationError(
        _("“%(text)s” is not on the list. Choose one of: %(choices)s."),
        code="choice",
        params={"text": text, "choices": ", ".join(labels[:12])},
    )


def split_list(cell: Any, *, commas: bool = True) -> list[str]:
    """The items of a cell that holds several, in their order, each once."""
    return list(dict.fromkeys(items(cell, commas=commas)))
