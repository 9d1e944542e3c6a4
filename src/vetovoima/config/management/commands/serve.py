"""vetovoima serve: the web server."""

from __future__ import annotations

import hashlib
import os
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser, call_command


class Command(BaseCommand):
    """Serves WSGI with one blocking thread in each worker: measured faster than any asynchronous set-up."""

    help = "Start the web server."

    def add_arguments(self, parser: CommandParser) -> None:
        """This will take where to listen and with how many processes."""
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *args: Any, **options: Any) -> None:
        """This will gather the static files and become the server process."""
        gather_static()
        os.environ["DJANGO_SETTINGS_MODULE"] = settings.SETTINGS_MODULE
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", options["host"],
            "--port", str(options["port"]), "--workers", str(options["workers"]), "--blocking-threads", "1",
            "--log-level", "warning", "vetovoima.config.wsgi:application",
        ]  # fmt: skip
        os.execv(sys.executable, command)


def gather_static() -> None:
    """This will gather and compress the static files, unless nothing of them has changed since the last time."""
    stamp = Path(settings.STATIC_ROOT) / ".gathered"
    digest = hashlib.sha256(f"{version('wagtail')} {version('django')}".encode())
    for path in sorted((Path(settings.PACKAGE_DIR) / "static").rglob("*")):
        if path.is_file():
            digest.update(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}".encode())
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=stamp.exists())
    stamp.write_text(digest.hexdigest())
