"""vetovoima export: the offer as a workbook or CSV of the collection standard, as JSON or as GeoJSON."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import override

from vetovoima.api.v1.offer import as_feature, whole
from vetovoima.catalogue.enums import SiteKind, SiteState
from vetovoima.catalogue.models import Site
from vetovoima.collection.standard.export import export_csv, export_workbook
from vetovoima.common.fields import LANGUAGES
from vetovoima.config.management.actions import municipality_named


def _json(sites: Iterable[Site], language: str) -> bytes:
    return _encoded([whole(site) for site in sites])


def _geojson(sites: Iterable[Site], language: str) -> bytes:
    return _encoded({"type": "FeatureCollection", "features": [as_feature(site) for site in sites]})


def _encoded(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder).encode() + b"\n"


FORMATS: dict[str, Callable[[Iterable[Site], str], bytes]] = {
    "xlsx": export_workbook,
    "csv": lambda sites, language: export_csv(sites, language).encode(),
    "json": _json,
    "geojson": _geojson,
}


class Command(BaseCommand):
    """Writes working copies; importing an unchanged workbook or CSV again changes nothing."""

    help = "Write records of the offer to a file: xlsx, csv, json or geojson."

    def add_arguments(self, parser: CommandParser) -> None:
        """This will take the file, its format, and which records."""
        parser.add_argument("file", metavar="FILE", help="where to; - for the standard output")
        parser.add_argument("--format", choices=sorted(FORMATS), help="else the file's ending says it")
        parser.add_argument("--municipality", metavar="SLUG")
        parser.add_argument("--kind", choices=[kind.replace("_", "-") for kind in SiteKind.values])
        parser.add_argument("--state", choices=SiteState.values, help="only working copies in this state")
        parser.add_argument(
            "--published",
            action="store_true",
            help="only records that are public now; what is in them that is not public is written too",
        )
        parser.add_argument("--language", choices=LANGUAGES, default="fi", help="of labels and words (fi)")
        parser.add_argument("--json", action="store_true", help="print what was written as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """This will write the file whole or not at all, and say how many records are in it."""
        target, name = options["file"], options["format"] or Path(options["file"]).suffix.removeprefix(".")
        if name not in FORMATS:
            raise CommandError(f"Say --format: one of {', '.join(sorted(FORMATS))}.")
        sites = list(_chosen(options))
        with override(options["language"]):
            content = FORMATS[name](sites, options["language"])
        if target == "-":
            sys.stdout.buffer.write(content)
            return
        _write(Path(target), content)
        if options["json"]:
            self.stdout.write(json.dumps({"file": target, "format": name, "records": len(sites)}))
        else:
            self.stdout.write(f"{len(sites)} records in {target}")


def _chosen(options: dict[str, Any]) -> Iterable[Site]:
    found = Site.objects.complete().order_by("code")
    if options["municipality"]:
        found = found.filter(municipality=municipality_named(options["municipality"]))
    if options["kind"]:
        found = found.filter(kind=options["kind"].replace("-", "_"))
    if options["state"]:
        found = found.filter(state=options["state"])
    return found.filter(published_version__gt=0) if options["published"] else found


def _write(path: Path, content: bytes) -> None:
    """Beside the file first, then in its place: whoever reads it meanwhile sees the old one or the new one."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
