"""News and events as every machine door reads them. They are pages of the content editor, which stand in a room above:
that room registers where they come from, and the doors beside it ask here."""

from .documents import EVENT_SCHEMA, NEWS_SCHEMA, EventDocument, NewsDocument
from .queries import events, news, register_happenings

__all__ = [
    "EVENT_SCHEMA", "NEWS_SCHEMA", "EventDocument", "NewsDocument", "events", "news", "register_happenings",
]  # fmt: skip
