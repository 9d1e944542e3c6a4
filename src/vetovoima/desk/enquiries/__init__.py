"""Enquiries: confidential."""
