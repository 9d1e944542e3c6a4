"""Opening the form of a record with all its groups, and saving one group: milliseconds and questions to the database.

`python -m benchmarks.editing`, with the database of a benchmark or a demonstration; `make bench` runs it too.
"""

from __future__ import annotations

import gc
import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

TIMES = 30
#: what the collection's issue asks for: milliseconds, and questions where there is a limit
LIMITS = {"opening": (300, 15), "saving": (150, None), "keeping unsaved": (150, None)}


@dataclass
class Measured:
    """One kind of work: median and 95th percentile in milliseconds, the median of the processor's own time (a busy
    machine does not change it), and the questions to the database."""

    name: str
    p50_ms: float
    p95_ms: float
    cpu_ms: float
    queries: int


def _measure(name: str, work: Callable[[int], Any]) -> Measured:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    work(0)
    with CaptureQueriesContext(connection) as asked:
        work(1)
    queries = len(asked)
    gc.collect()
    gc.freeze()  # as the server does after its start (config/wsgi.py)
    spent, worked = [], []
    for number in range(TIMES):
        began, began_work = time.perf_counter(), time.process_time()
        answer = work(number + 2)
        spent.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - began_work) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{name}: answered {answer.status_code}")
    spent.sort()
    p95 = spent[int(len(spent) * 0.95)]
    return Measured(name, statistics.median(spent), p95, statistics.median(worked), queries)


def run() -> list[Measured]:
    """This will measure on one record of the database, and put the record back as it was."""
    from django.db import transaction
    from django.test import Client

    from vetovoima.catalogue.models import Site

    site = Site.objects.filter(kind="plot", state__in=("draft", "published")).order_by("code").first()
    if site is None:
        raise SystemExit("The benchmark needs a plot: load a region or generate sites first.")
    address = f"/desk/sites/{site.code}/edit/"
    with transaction.atomic():
        Site.objects.filter(pk=site.pk).update(profiles=["data_centre", "wind_energy"])
        client = Client(SERVER_NAME="localhost")
        client.force_login(_coordinator())
        found = [
            _measure("opening", lambda _number: client.get(address)),
            _measure("saving", lambda number: _send(client, f"{address}electricity/", site.pk, number)),
            _measure(
                "keeping unsaved",
                lambda number: _send(client, f"{address}transport/draft/", site.pk, number),
            ),
        ]
        transaction.set_rollback(True)
    return found


def _coordinator() -> Any:
    """Somebody of the council, gone again with the measurement."""
    from vetovoima.accounts.enums import OrganisationKind, Role
    from vetovoima.accounts.models import Membership, Organisation, User

    council = Organisation.objects.filter(kind=OrganisationKind.COUNCIL).first()
    if council is None:
        raise SystemExit("The benchmark needs the region's council: load a region first.")
    person = User.objects.create_user(email="benchmark@example.org", display_name="Benchmark", language="en")
    Membership.objects.create(user=person, organisation=council, role=Role.COORDINATOR)
    return person


def _send(client: Any, address: str, pk: int, number: int) -> Any:
    from vetovoima.catalogue.models import Site

    revision = Site.objects.values_list("revision", flat=True).get(pk=pk)
    sent = {
        "revision": revision,
        "source_electricity_title": "",
        "free_capacity_mw": str(number + 1),
        "road_name": f"Vt {number}",
    }
    return client.post(address, sent, headers={"HX-Request": "true"})


def main() -> None:
    """This will print the figures beside their limits; it fails when a limit of questions is passed."""
    import django

    django.setup()
    found = run()
    if "--json" in sys.argv:
        sys.stdout.write(json.dumps([asdict(one) for one in found]))
        return
    sys.stdout.write(f"{table(found)}\n")
    for one in found:
        _goal, most = LIMITS[one.name]
        if most is not None and one.queries > most:
            raise SystemExit(f"{one.name} asks the database {one.queries} times; at most {most} are allowed.")


def table(found: list[Measured]) -> str:
    """This will write the figures beside their goals; nothing else does this work, so there is no peer."""
    lines = [
        f"{'editing a record':<20}{'p50 ms':>9}{'p95 ms':>9}{'goal':>9}{'cpu ms':>9}{'questions':>11}{'goal':>7}"
    ]
    for one in found:
        goal, most = LIMITS[one.name]
        fits = one.p95_ms <= goal and (most is None or one.queries <= most)
        lines.append(
            f"{one.name:<20}{one.p50_ms:>9.0f}{one.p95_ms:>9.0f}{f'<= {goal}':>9}{one.cpu_ms:>9.0f}{one.queries:>11}"
            f"{f'<= {most}' if most else '':>7}  {'met' if fits else 'MISSED'}"
        )
    lines.append("p50, p95: the median and the slowest twentieth; the goal is for p95")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
