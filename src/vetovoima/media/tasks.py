"""What the worker does for files: have them scanned for viruses."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from vetovoima.activity.outbox import PermanentFailure, TemporaryFailure, enqueue
from vetovoima.activity.registry import handler
from vetovoima.activity.schedule import chore

from . import scanning
from .enums import Scan
from .files import TOPIC, file_path, note_scan
from .models import StoredFile

log = logging.getLogger(__name__)
#: when the scanner has been silent for so long, the document is said to be unscanned and a person may ask again
GIVEN_UP_AFTER = timedelta(hours=24)
AT_ONCE = 200


@handler(TOPIC)
def scan_file(payload: dict[str, Any]) -> None:
    """This will have one document scanned; a scanner that is away is asked again later, for a day."""
    file = StoredFile.objects.filter(name=payload["file"]).first()
    if file is None or not file_path(file).exists():
        return
    now = timezone.now()
    asked = parse_datetime(payload["asked"]) if "asked" in payload else file.uploaded_at
    try:
        virus = scanning.virus_in(file_path(file))
    except scanning.WillNotScan as error:
        note_scan(name=file.name, verdict=Scan.FAILED, now=now)
        raise PermanentFailure(str(error)) from error
    except scanning.CannotScan as error:
        if asked is None or now - asked < GIVEN_UP_AFTER:
            raise TemporaryFailure(str(error)) from error
        note_scan(name=file.name, verdict=Scan.FAILED, now=now)
        raise PermanentFailure(str(error)) from error
    if virus:
        # The random name and the virus, nothing of what the document is called: logs are read by many.
        log.warning("virus %s in file %s", virus, file.name)
    note_scan(name=file.name, verdict=Scan.INFECTED if virus else Scan.CLEAN, now=now)


@chore("media.scan_unscanned", hour=3)
def scan_unscanned(now: datetime) -> None:
    """This will have the documents scanned that came before there was a scanner; they stay open meanwhile."""
    if not scanning.is_on():
        return
    waiting = StoredFile.objects.filter(scan=Scan.NOT_SCANNED).order_by("uploaded_at", "pk")[:AT_ONCE]
    for file in waiting:
        enqueue(
            TOPIC, f"scan:{file.name}:{now:%Y%m%d}", {"file": file.name, "asked": now.isoformat()}, now=now
        )
