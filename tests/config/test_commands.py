"""The command line, and configuration that says what is wrong with it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from vetovoima.config.environment import Environment, database_from_url

PROJECT = Path(__file__).resolve().parents[2]


def vetovoima(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "src")}
    environment |= {"DJANGO_SETTINGS_MODULE": "vetovoima.config.settings.demo", **settings}
    command = [sys.executable, "-m", "vetovoima.config.cli", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_the_command_line_tells_what_it_has() -> None:
    done = vetovoima()
    assert done.returncode == 0
    assert all(name in done.stdout for name in ("demo", "load-region", "load-demo", "worker", "invite"))


def test_an_unknown_command_is_named_and_fails() -> None:
    done = vetovoima("fly")
    assert (done.returncode, "no command fly" in done.stderr) == (2, True)


def test_the_demonstration_refuses_to_listen_to_the_world(tmp_path: Path) -> None:
    done = vetovoima("demo", "--host", "0.0.0.0", VETOVOIMA_VAR_DIR=str(tmp_path))
    assert done.returncode == 1
    assert "this machine only" in done.stderr


def test_a_short_demonstration_password_is_refused(tmp_path: Path) -> None:
    done = vetovoima(
        "demo", "--prepare-only", VETOVOIMA_VAR_DIR=str(tmp_path), VETOVOIMA_DEMO_PASSWORD="short"
    )
    assert "at least 12 characters" in done.stderr


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ({}, "VETOVOIMA_SECRET_KEY"),
        ({"VETOVOIMA_SECRET_KEY": "x" * 60}, "VETOVOIMA_ALLOWED_HOSTS"),
        ({"VETOVOIMA_SECRET_KEY": "x" * 60, "VETOVOIMA_ALLOWED_HOSTS": "*"}, "VETOVOIMA_ALLOWED_HOSTS"),
        ({"VETOVOIMA_DATABASE_URL": "mysql://x"}, "sqlite:///"),
        ({"VETOVOIMA_EMAIL_PORT": "smtp"}, "whole number"),
        ({"VETOVOIMA_EMAIL_TLS": "maybe"}, "yes or no"),
    ],
)
def test_production_says_what_it_lacks(settings: dict[str, str], word: str) -> None:
    done = vetovoima("check", DJANGO_SETTINGS_MODULE="vetovoima.config.settings.production", **settings)
    assert done.returncode != 0
    assert word in done.stderr


def test_a_setting_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from the file\n")
    environment = Environment({"VETOVOIMA_SECRET_KEY_FILE": str(tmp_path / "secret")})
    assert environment.text("SECRET_KEY") == "from the file"
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        Environment({"VETOVOIMA_SECRET_KEY_FILE": "/nowhere"}).text("SECRET_KEY")


def test_sqlite_is_opened_for_many_writers() -> None:
    options = database_from_url("sqlite:////srv/data.sqlite3")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"  # type: ignore[index]
    assert "journal_mode=WAL" in options["init_command"]  # type: ignore[index]


def test_a_database_address_is_read_part_by_part() -> None:
    found = database_from_url("postgresql://us%40er:se%2Fcret@db.example:5433/vetovoima")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "us@er", "se/cret", "db.example", "5433", "vetovoima",
    )  # fmt: skip
