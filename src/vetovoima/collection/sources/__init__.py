"""Harvest: a municipality's own open data taken in on a schedule, with an honest state for each run."""
