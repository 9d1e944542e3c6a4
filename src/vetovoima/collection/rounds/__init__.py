"""Who keeps a municipality's data, what must be kept, and the rounds in which it is asked for (strategy 6.6, 7.2, 8)."""
