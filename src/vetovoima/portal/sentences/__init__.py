"""A search as people say it, “20 ha 60 MW by a railway”, read as the filters that it means.

For people alone: the words of the API, the feeds and the embeds stay words (`docs/user/search.md`).
"""

from .reading import Reading, read_sentence

__all__ = ["Reading", "read_sentence"]
