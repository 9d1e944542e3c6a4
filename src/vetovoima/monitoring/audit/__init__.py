"""The self-audit: what a portal is judged by, checked every night against what is public."""
