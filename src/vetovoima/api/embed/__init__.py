"""The offer on other people's pages: a component, a frame, and a fragment without script (docs/decisions/0025)."""
