"""Archives that the worker makes by night: everything that is public in one file, and for each municipality pages that a
plain web server can host."""
