"""vetovoima demo: everything at once, on this machine only."""

from __future__ import annotations

import hashlib
import ipaddress
import os
import secrets
import socket
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from vetovoima.accounts.queries import all_memberships
from vetovoima.activity.schedule import put_off
from vetovoima.config.demonstration.channel_pages import register_pages
from vetovoima.config.demonstration.municipality_site import SLUG
from vetovoima.config.demonstration.processes import run_together
from vetovoima.config.environment import Environment
from vetovoima.reference.queries import municipality
from vetovoima.syndication.embedding.queries import allowed_origins
from vetovoima.syndication.embedding.services import allow_origin, remove_origin

from .serve import gather_static

LEAST_PASSWORD = 12
#: what the worker would make up for from last night (the self-audit, the charts of all pages) lets a first look go first
FIRST_LOOK = timedelta(minutes=10)


class Command(BaseCommand):
    """Real facts of the region, labelled examples, web server, worker, and a municipality's own page."""

    help = "Start the demonstration. Ends with Ctrl-C. Data is kept in var/."

    def add_arguments(self, parser: CommandParser) -> None:
        """This will take where to listen."""
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--prepare-only", action="store_true", help="load everything, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        """This will prepare what is not prepared yet, print what to try, and run until stopped."""
        host, port = options["host"], options["port"]
        self._check(host, port, options["prepare_only"])
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        password = self._password()
        os.environ["VETOVOIMA_DEMO_PASSWORD"] = password
        self._prepare(password)
        if options["prepare_only"]:
            gather_static()
            return
        put_off(timezone.now(), timezone.now() + FIRST_LOOK)
        allowed = ",".join(dict.fromkeys([*settings.VETOVOIMA_HTTP_ALLOWED_LOOPBACK, f"{host}:{port + 1}"]))
        settings.VETOVOIMA_HTTP_ALLOWED_LOOPBACK = allowed.split(",")  # the municipality's page is visited
        self._allow_frame(f"http://{host}:{port + 1}")
        self._tell(host, port, password)
        python = [sys.executable, "-m"]
        commands = {
            "web server": [*python, "vetovoima.config.cli", "serve", "--host", host, "--port", str(port)],
            "worker": [*python, "vetovoima.config.cli", "worker"],
            "municipality's page": [
                *python, "vetovoima.config.demonstration.municipality_site", "--host", host, "--port", str(port + 1),
                "--product", f"http://{host}:{port}",
            ],
        }  # fmt: skip
        environment = {**os.environ, "VETOVOIMA_PUBLIC_URL": f"http://{host}:{port}"}
        environment["VETOVOIMA_HTTP_ALLOWED_LOOPBACK"] = allowed
        environment["DJANGO_SETTINGS_MODULE"] = settings.SETTINGS_MODULE
        environment["PYTHONPATH"] = str(Path(settings.PACKAGE_DIR).parent)
        sys.exit(run_together(commands, environment))

    def _check(self, host: str, port: int, prepare_only: bool) -> None:
        """The demonstration's passwords are known: it must not be reached from elsewhere."""
        if not settings.VETOVOIMA_DEMO:
            raise CommandError("The demonstration needs its own settings; unset VETOVOIMA_SECRET_KEY.")
        address = "127.0.0.1" if host == "localhost" else host
        try:
            is_loopback = ipaddress.ip_address(address).is_loopback
        except ValueError:
            is_loopback = False
        if not is_loopback:
            raise CommandError(f"The demonstration listens on this machine only, not on {host}. Unset HOST.")
        for number in () if prepare_only else (port, port + 1):
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind((address, number))
                except OSError as error:
                    raise CommandError(
                        f"Port {number} is in use. Choose another: make demo PORT=8100"
                    ) from error

    def _password(self) -> str:
        """The one given, else the one made up at the first start, so that a second start knows it too."""
        given = Environment().text("DEMO_PASSWORD")
        if given:
            if len(given) < LEAST_PASSWORD:
                raise CommandError(f"VETOVOIMA_DEMO_PASSWORD must have at least {LEAST_PASSWORD} characters.")
            return given
        kept = settings.VAR_DIR / "demo-password"
        if not kept.exists():
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_urlsafe(12), encoding="utf-8")
        return kept.read_text(encoding="utf-8").strip()

    def _prepare(self, password: str) -> None:
        """Migrate and load when the code's migrations, the pack or the password have changed since the last time."""
        stamp = settings.VAR_DIR / "demo-stamp"
        wanted = hashlib.sha256((self._pack_digest() + password).encode()).hexdigest()
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database …")
            call_command("init", verbosity=0, stdout=self.stdout)
        elif stamp.exists() and stamp.read_text() == wanted:
            return
        self.stdout.write("Loading the region's facts …")
        call_command("load_region", stdout=self.stdout)
        self.stdout.write("Loading labelled examples …")
        call_command("load_demo", stdout=self.stdout)
        stamp.write_text(wanted)

    def _allow_frame(self, origin: str) -> None:
        """The municipality's page of this start may show the frame, and is registered; those of earlier starts on other
        ports may not any more."""
        town, now = municipality(SLUG), timezone.now()
        if town is None:
            return
        for old in allowed_origins(SLUG):
            if old.startswith("http://") and old != origin:
                remove_origin(municipality=town, origin=old, by=None, now=now)
        allow_origin(municipality=town, origin=origin, by=None, now=now)
        register_pages(town, origin, now)

    def _pack_digest(self) -> str:
        digest = hashlib.sha256()
        for path in sorted((settings.REGIONS_DIR / settings.VETOVOIMA_REGION).rglob("*")):
            if path.is_file():
                digest.update(path.name.encode() + path.read_bytes())
        return digest.hexdigest()

    def _tell(self, host: str, port: int, password: str) -> None:
        address = f"http://{host}:{port}"
        people = "\n".join(f"  {one.user.email:<44} {one.get_role_display()}" for one in all_memberships())
        self.stdout.write(
            f"""
Vetovoima is starting. Stop it with Ctrl-C.

  The portal                    {address}/
  The desk                      {address}/desk/
  A municipality's own page     http://{host}:{port + 1}/
  Feeds                         {address}/feeds/sites.json  {address}/feeds/sites.geojson

Sign-ins, all with the password {password}
{people}

Try: sign in as kuhmo@vetovoima.example, change a plot, submit it; sign in as coordinator@vetovoima.example in
another window, publish it; see it change on the portal, in the feed and on the municipality's own page.
Mail of the demonstration is written to {settings.VAR_DIR / "mail"}.
"""
        )
