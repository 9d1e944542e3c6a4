"""Imports: from a file of any layout to working copies, with a preview before and an undo after."""
