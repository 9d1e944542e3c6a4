"""Collecting the offer: the published standard, imports, sources, duties and rounds, connectors to registers."""
