"""Registers and statistics of others: each connector checks the shape of what it gets and keeps the last good data."""
