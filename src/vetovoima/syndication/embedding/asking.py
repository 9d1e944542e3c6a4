"""What an embed may be asked beside a question to the offer: how it shows it, and for which registered page."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from vetovoima.syndication.questions import NotUnderstood

MODES = ("list", "map", "search", "record", "figures")
LIST, RECORD = "list", "record"
THEMES = ("auto", "light", "dark")
#: a record's code, and the public key of a registered page
CODE = re.compile(r"[A-Z0-9-]{1,30}")
KEY = re.compile(r"[a-z0-9]{8}")


def read_mode(given: Mapping[str, str]) -> tuple[str, str]:
    """This will return the mode and the code of the record that is asked for; raises NotUnderstood."""
    mode = one_of("mode", given.get("mode", LIST), MODES)
    code = given.get("code", "").upper()
    if mode == RECORD and not CODE.fullmatch(code):
        sentence = _("Say in code which record is to be shown, for example ABC-DEF-0001.")
        raise NotUnderstood(sentence, parameter="code")
    return mode, code


def read_key(given: Mapping[str, str]) -> str:
    """This will return the key of the registered page, "" without one; raises NotUnderstood."""
    key = given.get("channel", "")
    if key and not KEY.fullmatch(key):
        raise NotUnderstood(_("The key of a channel has eight letters and numbers."), parameter="channel")
    return key


def one_of(name: str, value: str, known: tuple[str, ...]) -> str:
    """This will return a value that is known by name; raises NotUnderstood."""
    if value not in known:
        sentence = _("The parameter %(name)s must be one of %(names)s.")
        raise NotUnderstood(sentence % {"name": name, "names": ", ".join(known)}, parameter=name)
    return value
