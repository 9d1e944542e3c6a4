"""Photographs: re-encoded without metadata, in a large and a small size."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .child import run_job

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


def clean_image(content: bytes, *, longest: int = LARGE) -> CleanImage:
    """This will re-encode a photograph as JPEG without metadata (a camera's GPS among it), large and small.

    `longest` bounds the large one's sides: a drawing needs more pixels than a photograph to stay legible. Raises
    ValidationError when it is not a JPEG, PNG or WebP photograph, or is too large to open.
    """
    with tempfile.TemporaryDirectory(prefix="vetovoima-") as folder:
        source, large, small = (Path(folder) / name for name in ("in", "large.jpg", "small.jpg"))
        source.write_bytes(content)
        done = run_job("image", str(source), str(large), str(small), str(longest))
        if done.failure == "time":
            raise ValidationError(_("The photograph is too large to open. Make it smaller and try again."))
        if done.failure:
            raise ValidationError(
                _("The file is not a photograph that can be opened. Use a JPEG, PNG or WebP file."),
                code="not_image",
            )
        width, height = done.answer
        return CleanImage(large.read_bytes(), small.read_bytes(), width, height)


def run_in_child(source: str, large: str, small: str, longest: str = str(LARGE)) -> tuple[int, int]:
    """This will do the work inside the child: write both pictures, return the large one's size."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    with Image.open(source, formats=FORMATS) as opened:
        opened.draft("RGB", (int(longest), int(longest)))  # a JPEG many times larger is read smaller at once
        upright = ImageOps.exif_transpose(opened)
        upright = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    upright.thumbnail((int(longest), int(longest)))
    if upright.mode == "RGBA":
        # What is see-through becomes white, as on paper: a drawing without a background would be black on black.
        upright = Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright).convert("RGB")
    # Pillow writes a JPEG's comment back from here, whatever somebody's camera or editor put into it.
    upright.info = {}
    upright.save(large, "JPEG", quality=85, optimize=True)
    width, height = upright.size
    upright.thumbnail((SMALL, SMALL))
    upright.save(small, "JPEG", quality=80, optimize=True)
    return width, height
