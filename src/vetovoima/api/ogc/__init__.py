"""OGC API Features: part 1 (OGC 17-069r4) and part 2 (OGC 18-058r1) over published features (docs/decisions/0023)."""
