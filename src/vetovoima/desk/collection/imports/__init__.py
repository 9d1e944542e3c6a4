"""Imports of files: upload, columns, preview, taking in, undoing."""
