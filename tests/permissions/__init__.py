"""Who may open what: every address, as every role."""
