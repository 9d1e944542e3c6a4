"""The search of the portal's pages, beside that of the sites: few enough to be held in memory, in each reader's language.

Words are read as the search of the offer reads them (`syndication.search.words`), so that taxes finds tax and verot finds
vero on every database. What is found is asked once more whether it is public.
"""

from .finding import Hit, Hits, find_pages

__all__ = ["Hit", "Hits", "find_pages"]
