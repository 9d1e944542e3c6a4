"""Settings, addresses, middleware and the command line."""
