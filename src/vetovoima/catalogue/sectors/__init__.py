"""Sectors before outreach: the strength map, the fact sheet with its questions and answers, the homework."""
