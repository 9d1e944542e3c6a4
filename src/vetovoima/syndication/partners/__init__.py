"""Other channels as records: who else shows the region's offer, what was given to them, and what came of it."""
