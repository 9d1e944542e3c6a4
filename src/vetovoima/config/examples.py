"""Pictures for the example records: drawn here, and each says on itself that it is an example."""

from __future__ import annotations

import io
import random
from datetime import datetime

from PIL import Image, ImageDraw, ImageFont

from vetovoima.catalogue import services
from vetovoima.catalogue.models import Site
from vetovoima.common.fields import Translated

SKIES = ((234, 243, 245), (248, 246, 240), (217, 230, 236))
LANDS = ((28, 90, 69), (47, 111, 79), (16, 35, 31))


def example_picture(seed: str) -> bytes:
    """This will draw a quiet landscape of hills with the word EXAMPLE across it, 1600 × 1000 pixels, as PNG."""
    dice = random.Random(seed)
    image = Image.new("RGB", (1600, 1000), dice.choice(SKIES))
    draw = ImageDraw.Draw(image)
    for layer in range(4):
        base = 420 + layer * 140
        points = [(0, 1000)]
        points += [(x, base + dice.randint(-70, 70)) for x in range(0, 1601, 200)]
        points += [(1600, 1000)]
        shade = 0.45 + layer * 0.18
        draw.polygon(points, fill=tuple(int(255 - (255 - part) * shade) for part in dice.choice(LANDS)))
    font = ImageFont.load_default(size=92)
    draw.rectangle((0, 430, 1600, 570), fill=(255, 255, 255))
    draw.text((800, 500), "ESIMERKKI · EXAMPLE · EXEMPEL", fill=(16, 35, 31), font=font, anchor="mm")
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def add_example_photo(site: Site, now: datetime) -> None:
    """This will give an example record its drawn picture, before it is published."""
    alt = Translated(
        fi="Piirretty esimerkkikuva, ei valokuva kohteesta",
        en="A drawn example picture, not a photograph of the site",
        sv="En ritad exempelbild, inte ett foto av objektet",
    )
    services.add_photo(
        site=site, content=example_picture(site.code), alt=alt, credit="Vetovoima", licence="CC0 1.0",
        taken_on=None, by=None, now=now,
    )  # fmt: skip
