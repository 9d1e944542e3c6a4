"""Views of imports, one module for each step."""
