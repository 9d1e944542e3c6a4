"""What grew too old to be shown is not kept either: another region's words stay here only while they are theirs."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vetovoima.syndication.services import touch_public

from .models import HIDDEN_AFTER, FollowedSource
from .services import record_followed


def erase_unseen(now: datetime) -> int:
    """This will erase records that their source has not been seen to have for seven days; returns how many.

    Their next reading takes everything anew, so that a source that comes back is whole again.
    """
    count = 0
    for source in FollowedSource.objects.filter(records__seen_at__lt=now - HIDDEN_AFTER).distinct():
        with transaction.atomic():
            erased = source.records.filter(seen_at__lt=now - HIDDEN_AFTER).delete()[0]
            if not erased:
                continue
            FollowedSource.objects.filter(pk=source.pk).update(etag="", modified="")
            record_followed("hidden", source, by=None, now=now, data={"count": erased})
            touch_public()
            count += erased
    return count
