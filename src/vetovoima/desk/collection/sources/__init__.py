"""A municipality's own sources of data, and the registers that everybody shares."""
