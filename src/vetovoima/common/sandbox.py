"""The one safe way in for files: a child process with limits on memory, time and output opens them, never we.

`python -m vetovoima.common.sandbox image IN OUT THUMB` is the child; `clean_image` is what the product calls.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SECONDS = 20
MEMORY_BYTES = 1024 * 1024 * 1024
MAX_PIXELS = 60_000_000
LARGE, SMALL = 1920, 480
FORMATS = ("JPEG", "PNG", "WEBP")


@dataclass(frozen=True)
class CleanImage:
    """A re-encoded photograph: bytes of the large and the small JPEG, and the large one's size in pixels."""

    large: bytes
    small: bytes
    width: int
    height: int


def clean_image(content: bytes) -> CleanImage:
    """This will re-encode a photograph as JPEG without metadata (a camera's GPS among it), large and small.

    Raises ValidationError when it is not a JPEG, PNG or WebP photograph, or is too large to open.
    """
    with tempfile.TemporaryDirectory(prefix="vetovoima-") as folder:
        source, large, small = (Path(folder) / name for name in ("in", "large.jpg", "small.jpg"))
        source.write_bytes(content)
        command = [
            sys.executable,
            "-m",
            "vetovoima.common.sandbox",
            "image",
            str(source),
            str(large),
            str(small),
        ]
        try:
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired as error:
            raise ValidationError(
                _("The photograph is too large to open. Make it smaller and try again.")
            ) from error
        if done.returncode != 0:
            raise ValidationError(
                _("The file is not a photograph that can be opened. Use a JPEG, PNG or WebP file."),
                code="not_image",
            )
        width, height = json.loads(done.stdout)
        return CleanImage(large.read_bytes(), small.read_bytes(), width, height)


def _limit() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    if sys.platform.startswith("linux"):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000_000, 50_000_000))


def _image(source: str, large: str, small: str) -> None:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    with Image.open(source, formats=FORMATS) as opened:
        upright = ImageOps.exif_transpose(opened).convert("RGB")
    upright.thumbnail((LARGE, LARGE))
    upright.save(large, "JPEG", quality=85, optimize=True)
    sys.stdout.write(json.dumps(upright.size))
    upright.thumbnail((SMALL, SMALL))
    upright.save(small, "JPEG", quality=80, optimize=True)


if __name__ == "__main__":
    _limit()
    _image(*sys.argv[2:])
