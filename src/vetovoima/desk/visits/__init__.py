"""Counts of visits: source, page, enquiry."""
