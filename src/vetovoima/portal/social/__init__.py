"""Pictures that stand beside a shared link: title, what it is, the region, and the artwork of its subject."""

from __future__ import annotations

from .cards import HEIGHT, WIDTH, Card, card_of_page, card_of_record, card_of_view
from .pictures import IsBusy, draw_picture, kept_picture, version_of

__all__ = [
    "HEIGHT", "WIDTH", "Card", "IsBusy", "card_of_page", "card_of_record", "card_of_view", "draw_picture",
    "kept_picture", "version_of",
]  # fmt: skip
