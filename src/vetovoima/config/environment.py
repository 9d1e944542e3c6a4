"""Configuration from the environment: typed, loud, each name also as `…_FILE`.

Every setting of the product is read through `Environment`, so that
`docs/operator/settings.md` can be checked against one list.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PREFIX = "VETOVOIMA_"


class Environment:
    """This will read `VETOVOIMA_<NAME>` or the file that `VETOVOIMA_<NAME>_FILE` names."""

    def __init__(self, values: dict[str, str] | None = None) -> None:
        self.values = dict(os.environ) if values is None else values

    def text(self, name: str, default: str = "") -> str:
        """This will return the setting as text, without white space around it.

        Raises ImproperlyConfigured when the named file cannot be read.
        """
        key = PREFIX + name
        if key in self.values:
            return self.values[key].strip()
        path = self.values.get(key + "_FILE")
        if path is None:
            return default
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{key}_FILE names {path}, which cannot be read: {error}") from error

    def flag(self, name: str, default: bool = False) -> bool:
        """This will return a yes/no setting; raises ImproperlyConfigured for any other word."""
        word = self.text(name, "yes" if default else "no").lower()
        if word in {"1", "yes", "true", "on"}:
            return True
        if word in {"0", "no", "false", "off", ""}:
            return False
        raise ImproperlyConfigured(f"{PREFIX}{name} must be yes or no, not {word!r}")

    def number(self, name: str, default: int) -> int:
        """This will return a whole number; raises ImproperlyConfigured for anything else."""
        word = self.text(name, str(default))
        try:
            return int(word)
        except ValueError as error:
            raise ImproperlyConfigured(f"{PREFIX}{name} must be a whole number, not {word!r}") from error

    def words(self, name: str, default: str = "") -> list[str]:
        """This will return a comma-separated list without empty items."""
        return [word.strip() for word in self.text(name, default).split(",") if word.strip()]


def database_from_url(url: str) -> dict[str, object]:
    """This will turn `sqlite:///path` or `postgresql://user:secret@host:port/name` into Django's form.

    SQLite gets WAL, IMMEDIATE transactions and a busy timeout: with deferred ones two writers that read first lose
    almost every transaction to "database is locked" (docs/decisions/0003). Raises ImproperlyConfigured otherwise.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:])
            if parts.path.startswith("//") or not parts.netloc
            else parts.netloc,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
                " PRAGMA cache_size=-32000;",
            },
            "CONN_MAX_AGE": 600,
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": dict(parse_qsl(parts.query)).get("host", parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ImproperlyConfigured(
        "VETOVOIMA_DATABASE_URL must begin with sqlite:/// or postgresql://, "
        f"not with {parts.scheme or 'nothing'}"
    )


def scanner_address(text: str) -> str:
    """This will check the address of a virus scanner, `clamd://host:3310` or `clamd:///path/to/socket`; "" is none.

    Raises ImproperlyConfigured otherwise: a scanner that is never asked is worse than a service that does not start.
    """
    if not text:
        return ""
    parts = urlsplit(text)
    try:
        is_known = parts.scheme == "clamd" and (
            bool(parts.hostname) and parts.path in ("", "/") and (parts.port or 1) > 0
            if parts.netloc
            else parts.path.startswith("/") and len(parts.path) > 1
        )
    except ValueError:
        is_known = False
    if not is_known:
        raise ImproperlyConfigured(
            "VETOVOIMA_VIRUS_SCANNER must be clamd://host:3310 or clamd:///path/to/socket, or empty"
        )
    return text
