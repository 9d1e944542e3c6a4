"""The token by which a text names a fact of the bank: `{fact:population-kuhmo}`, or `{fact:population-kuhmo:number}`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

TOKEN = re.compile(r"\{fact:([a-z0-9-]{1,60})(?::(number))?\}")
#: what looks like a token but is none: a slip of the pen that should not reach a reader
NEARLY = re.compile(r"\{\s*fact\b[^}\n]{0,80}\}?", re.IGNORECASE)


def codes_in(*texts: str) -> list[str]:
    """This will return the codes that texts name, each once, in order."""
    return list(dict.fromkeys(code for text in texts for code in (m[1] for m in TOKEN.finditer(text or ""))))


def slips_in(text: str) -> list[str]:
    """This will return what was meant as a token and is not one, for example `{fact: kuhmo}`."""
    return [found[0] for found in NEARLY.finditer(text or "") if not TOKEN.fullmatch(found[0])]


def replace_tokens(text: str, write: Callable[[str, bool], str]) -> str:
    """This will put in each token's place what `write(code, number_only)` gives for it."""
    return TOKEN.sub(lambda found: write(found[1], found[2] == "number"), text)


def unknown_codes(texts: Iterable[str], known: set[str]) -> list[str]:
    """This will return the codes that texts name and the bank does not have."""
    return [code for code in codes_in(*texts) if code not in known]
