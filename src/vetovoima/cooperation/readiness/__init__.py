"""Whether the basics of a municipality are in order: the checklist, the yearly assessment, the plan."""
