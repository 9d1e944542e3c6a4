"""The texts of the code in fi, en and sv: `python -m tools.messages check|update`.

`check` gathers the texts in a temporary copy and compares them with the catalogues: every text of the code must stand
translated in Finnish and Swedish, with the same placeholders, and nothing else may stand there. English is the
language of the source, so its catalogue may be empty.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

from tools import stamps

PACKAGE = stamps.ROOT / "src/vetovoima"
LANGUAGES = ("fi", "en", "sv")
TRANSLATED = ("fi", "sv")
PLACEHOLDER = re.compile(r"%\([a-z_0-9]+\)[a-z]|\{[a-z_0-9.]*\}")
SHOWN = 60


def gather(package: Path, *words: str) -> None:
    """This will run Django's makemessages in a package folder. Raises SystemExit with what it said."""
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "django",
        "makemessages",
        "--no-wrap",
        "--ignore",
        "static/*",
    ]
    for language in LANGUAGES:
        command += ["--locale", language]
    (package / "locale").mkdir(exist_ok=True)
    done = subprocess.run([*command, *words], cwd=package, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"makemessages failed:\n{done.stdout}{done.stderr}")


def texts_of_the_code() -> dict[tuple[str | None, str], polib.POEntry]:
    """This will return every text that the code wants translated, by context and text, with the places it stands in."""
    with tempfile.TemporaryDirectory(prefix="vetovoima-messages-") as folder:
        copy = Path(folder) / "vetovoima"
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("static", "locale", "__pycache__"))
        gather(copy)
        return _by_key(polib.pofile(str(copy / "locale/fi/LC_MESSAGES/django.po")))


def _by_key(catalogue: polib.POFile) -> dict[tuple[str | None, str], polib.POEntry]:
    return {(entry.msgctxt, entry.msgid): entry for entry in catalogue if not entry.obsolete}


def problems(language: str, wanted: dict[tuple[str | None, str], polib.POEntry]) -> list[str]:
    """This will return what is wrong with one catalogue, a line each, beginning with the place in the code."""
    path = PACKAGE / "locale" / language / "LC_MESSAGES/django.po"
    if not path.exists():
        return [f"{path.relative_to(stamps.ROOT)}: there is no such catalogue (make messages makes it)"]
    catalogue = polib.pofile(str(path))
    found = _by_key(catalogue)
    must_be_translated = language in TRANSLATED
    lines = []
    for key, entry in wanted.items():
        place, text = _place(entry), _short(entry.msgid)
        if key not in found:
            if must_be_translated:
                lines.append(f"{place}: not in the {language} catalogue: {text}")
        elif found[key].fuzzy:
            lines.append(f"{place}: only guessed (fuzzy) in {language}: {text}")
        elif must_be_translated and not found[key].translated():
            lines.append(f"{place}: not translated into {language}: {text}")
        else:
            lines += [
                f"{place}: {language} {problem}: {text}"
                for problem in _placeholder_problems(entry, found[key])
            ]
    for key in found.keys() - wanted.keys():
        lines.append(f"{path.relative_to(stamps.ROOT)}: the code no longer says: {_short(key[1])}")
    for entry in catalogue.obsolete_entries():
        lines.append(f"{path.relative_to(stamps.ROOT)}: obsolete entry: {_short(entry.msgid)}")
    return lines


def _placeholder_problems(source: polib.POEntry, translation: polib.POEntry) -> list[str]:
    wanted = set(PLACEHOLDER.findall(source.msgid + (source.msgid_plural or "")))
    texts = [text for text in (translation.msgstr, *translation.msgstr_plural.values()) if text]
    wrong = []
    for text in texts:
        # One form of a plural may leave the number out ("one plot"); none may name what the source does not have.
        strange = set(PLACEHOLDER.findall(text)) - wanted
        missing = set() if source.msgid_plural else wanted - set(PLACEHOLDER.findall(text))
        wrong += [f"names {name}, which the source does not have" for name in sorted(strange)]
        wrong += [f"leaves out {name}" for name in sorted(missing)]
    return wrong


def _place(entry: polib.POEntry) -> str:
    if not entry.occurrences:
        return "src/vetovoima"
    name, line = entry.occurrences[0]
    return f"src/vetovoima/{name}:{line}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f'"{line[:70]}…"' if len(line) > 70 else f'"{line}"'


def check() -> int:
    """This will print every text that is missing, stale or wrong, and return 1 when there is one."""
    if not shutil.which("xgettext"):
        print("The texts cannot be gathered: gettext is not here (Debian: apt-get install gettext).")
        return 1
    wanted = texts_of_the_code()
    lines = [line for language in LANGUAGES for line in problems(language, wanted)]
    for line in lines[:SHOWN]:
        print(line)
    if len(lines) > SHOWN:
        print(f"… and {len(lines) - SHOWN} more")
    print(f"{len(wanted)} texts, {len(lines)} problems")
    return 1 if lines else 0


def update() -> int:
    """This will bring the catalogues up to the code: new texts empty, vanished ones gone, guesses left out."""
    gather(PACKAGE, "--add-location", "file", "--no-obsolete")
    for language in LANGUAGES:
        path = PACKAGE / "locale" / language / "LC_MESSAGES/django.po"
        catalogue = polib.pofile(str(path), wrapwidth=0)
        for entry in catalogue:
            if entry.fuzzy:  # a guess of msgmerge: worse than nothing, because it looks like a translation
                entry.flags.remove("fuzzy")
                entry.msgstr = ""
                entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
                entry.previous_msgid = entry.previous_msgid_plural = entry.previous_msgctxt = None
        catalogue.metadata = {
            name: value
            for name, value in catalogue.metadata.items()
            if name not in {"POT-Creation-Date", "PO-Revision-Date"}
        }
        catalogue.metadata["Language"] = language
        catalogue.metadata_is_fuzzy = 0
        catalogue.save()
        print(f"{language}: {len(catalogue)} texts, {catalogue.percent_translated()} % translated")
    return 0


if __name__ == "__main__":
    words = sys.argv[1:] or ["check"]
    sys.exit({"check": check, "update": update}[words[0]]())
