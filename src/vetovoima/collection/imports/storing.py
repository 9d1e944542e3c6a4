"""Where the files of imports lie: below the media folder, which nobody serves, under a name that tells nothing."""

from __future__ import annotations

import hashlib
import re
import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\\u202a-\u202e\u2066-\u2069]+")


def _path(name: str) -> str:
    return f"imports/{name[:2]}/{name}"


def shown_name(filename: str) -> str:
    """This will make a person's file name fit to show: no path, no control signs, no turned text, 200 characters."""
    last = filename.replace("\\", "/").rsplit("/", 1)[-1]
    return UNSAFE.sub("", last).strip()[-200:] or "file"


def hash_of(content: bytes) -> str:
    """The file's SHA-256: two uploads of one file have the same."""
    return hashlib.sha256(content).hexdigest()


def store_file(content: bytes) -> str:
    """This will write a file under a random name and return the name."""
    name = secrets.token_hex(16)
    default_storage.save(_path(name), ContentFile(content))
    return name


def read_file(name: str) -> bytes:
    """The stored file; raises FileNotFoundError when it is gone."""
    with default_storage.open(_path(name)) as opened:
        content: bytes = opened.read()
        return content


def remove_file(name: str) -> None:
    """This will delete a stored file; one that is gone already is no error."""
    if name:
        default_storage.delete(_path(name))
