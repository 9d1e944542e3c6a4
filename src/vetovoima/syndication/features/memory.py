"""Features that this process has sent before, ready to be sent again.

Which features fit is asked anew for each page, with the stamp of each: a feature that was written since has another stamp
and is read again, so that nothing old is ever sent. What is kept is bounded, and the oldest goes first.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from .asking import rows_of
from .reading import read

#: bytes of features that one process keeps: about a hundred thousand
MOST_KEPT_BYTES = 128 * 1024 * 1024
#: what an entry costs beside its bytes
_ENTRY_BYTES = 250
Entry = tuple[int, bytes]


class Memory:
    """Features by key, with their stamps."""

    def __init__(self, most: int = MOST_KEPT_BYTES) -> None:
        self.most = most
        self.size = 0
        # an ordered dictionary finds its oldest entry at once; a plain one walks over all that were taken out
        self.entries: OrderedDict[int, Entry] = OrderedDict()
        self.lock = Lock()

    def put(self, key: int, entry: Entry) -> None:
        """This will keep a feature, in the place of an older one of the same key."""
        with self.lock:
            old = self.entries.pop(key, None)
            self.size += _cost(entry) - (_cost(old) if old else 0)
            self.entries[key] = entry
            while self.size > self.most and self.entries:
                self.size -= _cost(self.entries.popitem(last=False)[1])


def _cost(entry: Entry) -> int:
    return len(entry[1]) + _ENTRY_BYTES


_DEGREES, _METRES = Memory(), Memory()


def kept(chosen: list[tuple[int, int]], metric: bool) -> list[bytes]:
    """This will return features by (key, stamp), each whole but for the `}` at its end, in the order given.

    One that was removed since it was chosen is left out.
    """
    memory = _METRES if metric else _DEGREES
    remembered, by_key = memory.entries.get, {}
    for key, stamp in chosen:
        entry = remembered(key)
        if entry is not None and entry[0] == stamp:
            by_key[key] = entry[1]
    if len(by_key) == len(chosen):
        return list(by_key.values())
    asked = rows_of([key for key, _stamp in chosen if key not in by_key], _columns(metric))
    for key, stamp, head, place in read(asked.sql, asked.values, prepare=True):
        by_key[key] = bytes(head) + bytes(place)
        memory.put(key, (stamp, by_key[key]))
    return [by_key[key] for key, _stamp in chosen if key in by_key]


def _columns(metric: bool) -> str:
    return f"f.stamp, f.head, f.{'place_metric' if metric else 'place'}"
