"""What the Makefile calls. Standard library only; `setup` and what it imports run before any environment exists."""
