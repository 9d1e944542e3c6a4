"""Making archives, and taking them away at once when something in them is no longer public."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import IO, Any, cast

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from vetovoima.activity.outbox import enqueue
from vetovoima.reference.queries import municipality, region
from vetovoima.syndication.models import PublicState
from vetovoima.syndication.queries import public_state

from .about import About
from .export import pack_everything
from .models import WHOLE, Bundle
from .packing import Packer
from .queries import bundle, bundle_names
from .site import pack_pages

TOPIC = "syndication.bundle"
#: several records that go one after another make one archive anew, not one for each
TOGETHER = timedelta(minutes=1)
#: how often an archive is begun again because the public side moved while it was written
MOST_TRIES = 3


def ask_for_bundles(names: Iterable[str], *, turn: str, now: datetime) -> None:
    """This will have the worker make archives; the same `turn` twice is one piece of work for each."""
    for name in names:
        key = f"bundle:{name}:{turn}"
        enqueue(TOPIC, key, {"name": name, "key": key}, now=now)


@transaction.atomic
def drop_bundles(slugs: Iterable[str], *, now: datetime) -> None:
    """This will take away what holds records of some municipalities, because one of them is no longer public, and have it
    made anew in a minute: from this moment the old archives are not handed out."""
    names = [WHOLE, *slugs]
    found = list(Bundle.objects.filter(name__in=names))
    _remove(found)
    if found:
        later = now.replace(second=0, microsecond=0) + TOGETHER
        ask_for_bundles([one.name for one in found], turn=later.isoformat(timespec="minutes"), now=later)


def drop_all_bundles(now: datetime) -> None:
    """This will do so with every archive."""
    drop_bundles([name for name in bundle_names() if name != WHOLE], now=now)


def make_bundle(name: str, *, now: datetime, alive: Callable[[], None] = lambda: None) -> Bundle | None:
    """This will make one archive and put it in the old one's place; done twice for the same version it is the same.

    Returns None, and takes an old one away, where there is no such municipality any more. Nothing that was withdrawn
    while it was written stays in it: then it is begun again.
    """
    whole = region()
    town = municipality(name) if name != WHOLE else None
    if whole is None or (town is None and name != WHOLE):
        _remove(list(Bundle.objects.filter(name=name)))
        return None
    for _try in range(MOST_TRIES):
        version, _changed_at = public_state()
        found = bundle(name)
        if found is not None and found.version == version and default_storage.exists(found.stored_as):
            return found
        about = About(whole, town, settings.VETOVOIMA_PUBLIC_URL, now, version)
        with tempfile.TemporaryFile() as file:
            packer = Packer(file, now)
            records = (pack_pages if town else pack_everything)(packer, about, alive)
            packer.close()
            if made := _store(name, file, records, about):
                return made
    return None


@transaction.atomic
def _store(name: str, file: IO[bytes], records: int, about: About) -> Bundle | None:
    """Keep the archive, unless the public side has moved since it was begun. Whoever withdraws a record moves it in the
    same transaction, and waits for us or is waited for: an archive with the record cannot slip in after that."""
    state = PublicState.objects.select_for_update().filter(pk=1).first()
    if (state.version if state else 0) != about.version:
        return None
    file.seek(0)
    found = hashlib.file_digest(cast("Any", file), "sha256").hexdigest()
    size = file.tell()
    file.seek(0)
    stored_as = default_storage.save(f"bundles/{name}-{found[:16]}.zip", File(file))
    _remove(list(Bundle.objects.filter(name=name)))
    return Bundle.objects.create(
        name=name, stored_as=stored_as, sha256=found, size=size, records=records, version=about.version,
        made_at=about.made_at,
    )  # fmt: skip


def _remove(found: Iterable[Bundle]) -> None:
    for one in found:
        one.delete()
        transaction.on_commit(partial(default_storage.delete, one.stored_as))
