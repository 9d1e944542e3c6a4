"""Licences by the names that region packs and sources write: where each is to be read."""

from __future__ import annotations

CC_BY_4, CC0 = (
    "https://creativecommons.org/licenses/by/4.0/",
    "https://creativecommons.org/publicdomain/zero/1.0/",
)
#: the names in small letters; a name that is not here stays a name
ADDRESSES = {
    "cc by 4.0": CC_BY_4, "cc-by-4.0": CC_BY_4, "cc by": CC_BY_4,
    "creative commons attribution 4.0": CC_BY_4, "creative commons attribution 4.0 international": CC_BY_4,
    "cc0": CC0, "cc0 1.0": CC0, "cc0-1.0": CC0,
}  # fmt: skip


def licence_address(name: str) -> str:
    """This will return where a licence is to be read, or "" where nobody knows; an address is one already."""
    text = name.strip()
    if text.startswith(("https://", "http://")):
        return text
    return ADDRESSES.get(text.lower(), "")
