"""pygeoapi and tipg over the same records, each in an environment of its own; what is not installed is named and left out.

BENCH_PYGEOAPI and BENCH_TIPG name the Python of an environment in which the peer is installed (pygeoapi with psycopg2-binary,
geoalchemy2 and gunicorn; tipg with uvicorn). Both need Debian's PostGIS on the server.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from benchmarks.__main__ import WORKERS, _free_port

TABLE = "bench_records"
#: the properties of a feature that peers keep as columns: all that are neither lists nor objects
COLUMNS = (
    "code", "version", "language", "name", "name_language", "summary", "kind", "kind_label", "municipality",
    "municipality_name", "lau_code", "locality", "address", "availability", "availability_label", "place_precision",
    "place_precision_label", "area_m2", "price_eur_m2", "plan_state", "free_capacity_mw", "tenure", "readiness",
    "completeness", "is_example", "licence", "published_at", "updated_at",
)  # fmt: skip
CONFIG = """
server:
  bind: {{host: 127.0.0.1, port: {port}}}
  url: http://127.0.0.1:{port}
  mimetype: application/json; charset=UTF-8
  encoding: utf-8
  languages: [en-US]
  limits: {{default_items: 100, max_items: 1000}}
  map: {{url: 'http://127.0.0.1/{{z}}/{{x}}/{{y}}.png', attribution: none}}
logging: {{level: ERROR}}
metadata:
  identification:
    title: benchmark
    description: benchmark
    keywords: [benchmark]
    keywords_type: theme
    terms_of_service: none
    url: http://127.0.0.1
  license: {{name: CC BY 4.0, url: 'http://127.0.0.1'}}
  provider: {{name: benchmark, url: 'http://127.0.0.1'}}
  contact: {{name: benchmark, email: nobody@example.org}}
resources:
  {table}:
    type: collection
    title: benchmark
    description: benchmark
    keywords: [benchmark]
    links: []
    extents: {{spatial: {{bbox: [26, 63, 30, 66], crs: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84'}}}}
    providers:
      - type: feature
        name: PostgreSQL
        data: {{host: {host}, port: {pg_port}, dbname: {name}, user: {user}, password: {password}, search_path: [public]}}
        id_field: id
        table: {table}
        geom_field: geom
"""


@dataclass(frozen=True)
class Peer:
    """A peer that runs: its name and the address of its items, with a limit of a hundred."""

    name: str
    items: str


def prepare(address: str) -> str:
    """This will make the peers' table out of the features; returns why it cannot be made, or nothing."""
    import psycopg

    shown = ", ".join(f"j->>'{name}' AS {name}" for name in COLUMNS)
    with psycopg.connect(address, autocommit=True) as connection:
        try:
            connection.execute("CREATE EXTENSION IF NOT EXISTS postgis")
        except psycopg.Error as error:
            return f"PostGIS is not here ({str(error).splitlines()[0]}); Debian has it as postgresql-15-postgis-3."
        connection.execute(f"DROP TABLE IF EXISTS {TABLE}")
        connection.execute(
            f"CREATE TABLE {TABLE} AS SELECT id, {shown}, ST_SetSRID(ST_MakePoint(west, south), 4326)::geometry(Point, 4326) AS geom "
            r"FROM (SELECT id, west, south, (convert_from(substring(head FROM 1 FOR position('\x00'::bytea IN head) - 1), 'UTF8') "
            """|| '"}}')::json -> 'properties' AS j FROM syndication_publishedfeature) AS f"""
        )
        connection.execute(f"ALTER TABLE {TABLE} ADD PRIMARY KEY (id)")
        connection.execute(f"CREATE INDEX ON {TABLE} USING gist (geom)")
        connection.execute(f"VACUUM ANALYZE {TABLE}")
    return ""


@contextlib.contextmanager
def pygeoapi(address: str, folder: Path) -> Iterator[Peer | str]:
    """This will run pygeoapi with two workers of gunicorn, or say why not."""
    python = os.environ.get("BENCH_PYGEOAPI", "")
    if not python:
        yield "pygeoapi was left out: BENCH_PYGEOAPI names no Python."
        return
    parts, port = urlsplit(address), _free_port()
    config, described = folder / "pygeoapi.yml", folder / "openapi.yml"
    config.write_text(CONFIG.format(
        port=port, table=TABLE, host=parts.hostname, pg_port=parts.port, name=parts.path.lstrip("/"),
        user=parts.username, password=parts.password,
    ), encoding="utf-8")  # fmt: skip
    environment = {**os.environ, "PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(described)}
    environment.pop("PYTHONPATH", None)
    program = Path(python).with_name("pygeoapi")
    made = subprocess.run([program, "openapi", "generate", config, "--output-file", described], env=environment,
                          capture_output=True, text=True, check=False)  # fmt: skip
    if made.returncode:
        yield f"pygeoapi was left out: {made.stderr.strip().splitlines()[-1]}"
        return
    command = [python, "-m", "gunicorn", "-w", str(WORKERS), "-b", f"127.0.0.1:{port}", "--log-level", "error", "pygeoapi.flask_app:APP"]  # fmt: skip
    with _running(command, environment, f"http://127.0.0.1:{port}/conformance?f=json") as is_up:
        items = f"http://127.0.0.1:{port}/collections/{TABLE}/items?f=json&limit=100"
        yield Peer("pygeoapi", items) if is_up else "pygeoapi was left out: it did not start."


@contextlib.contextmanager
def tipg(address: str) -> Iterator[Peer | str]:
    """This will run tipg with two workers of uvicorn, or say why not."""
    python = os.environ.get("BENCH_TIPG", "")
    if not python:
        yield "tipg was left out: BENCH_TIPG names no Python."
        return
    port = _free_port()
    environment = {**os.environ, "DATABASE_URL": address}
    environment.pop("PYTHONPATH", None)
    command = [python, "-m", "uvicorn", "--workers", str(WORKERS), "--port", str(port), "--log-level", "error", "tipg.main:app"]  # fmt: skip
    with _running(command, environment, f"http://127.0.0.1:{port}/healthz") as is_up:
        items = f"http://127.0.0.1:{port}/collections/public.{TABLE}/items?f=geojson&limit=100"
        yield Peer("tipg", items) if is_up else "tipg was left out: it did not start."


@contextlib.contextmanager
def _running(command: list[str], environment: dict[str, str], probe: str) -> Iterator[bool]:
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield _is_up(process, probe)
    finally:
        process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()


def _is_up(process: subprocess.Popen[bytes], probe: str) -> bool:
    for _attempt in range(300):
        if process.poll() is not None:
            return False
        try:
            with urlopen(probe, timeout=2):
                return True
        except OSError:
            time.sleep(0.1)
    return False
