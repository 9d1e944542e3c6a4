"""How the public side is used: counts per day, and nothing about anybody (docs/decisions/0020)."""
