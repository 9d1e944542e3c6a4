"""Feeds: published documents in an envelope, nothing computed."""

from .envelopes import absolute

__all__ = ["absolute"]
