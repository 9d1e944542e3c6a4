"""Artwork drawn by rule instead of photographs: the same subject always gets the same picture.

Lakes for municipalities (the share of water is their own, their sites are the lights), strata, growth rings, fells and
signals for sectors. What stands for data is said where it is drawn; the rest is decoration and hidden from screen
readers.
"""

from __future__ import annotations

from .municipal import municipal_artwork
from .shapes import Artwork, Layer, as_svg
from .subjects import MOTIFS, motif_of, subject_artwork

__all__ = ["MOTIFS", "Artwork", "Layer", "as_svg", "motif_of", "municipal_artwork", "subject_artwork"]
