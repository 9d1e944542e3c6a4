"""The content board of the desk: which page says what it should, in which language.

It stands in the portal, because pages are Wagtail's and live here; its addresses and its look are the desk's.
"""
