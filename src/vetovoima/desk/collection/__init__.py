"""Collecting: the status board, stewards and duties, rounds and the answers to them."""
