"""The operating model: who does what, and the goals of the strategy."""
