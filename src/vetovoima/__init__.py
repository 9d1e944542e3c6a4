"""Vetovoima: the operating system of a region's investment promotion."""

__version__ = "0.1.0"
