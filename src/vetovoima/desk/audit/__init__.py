"""The self-audit: what a portal is judged by, and how ours stands."""
