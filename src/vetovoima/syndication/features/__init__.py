"""Published features: every public record as ready bytes for maps and geographic programs (docs/decisions/0023)."""
