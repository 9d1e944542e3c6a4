"""What the self-audit checks on the rendered pages: read through the application itself, without the network."""
