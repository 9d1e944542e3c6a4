"""Where facts are used: kept beside the bank, because pages and records stand above it and tell it themselves."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from vetovoima.catalogue.models import FactUse


@transaction.atomic
def note_uses(
    kind: str, key: str, codes: Iterable[str], *, title: str = "", address: str = "", language: str = ""
) -> None:
    """This will keep which facts one page or record names, in one language, in place of what was kept before."""
    wanted = set(codes)
    FactUse.objects.filter(kind=kind, key=key, language=language).delete()
    FactUse.objects.bulk_create(
        FactUse(
            fact_code=code, kind=kind, key=key, language=language, title=title[:300], address=address[:400]
        )
        for code in sorted(wanted)
    )


def forget_uses(kind: str, key: str) -> None:
    """This will forget a page or record that is gone, in every language."""
    FactUse.objects.filter(kind=kind, key=key).delete()
