"""Charts of the indicators: what they show (`series`), how they look (`spec`), and their drawing (`drawing`)."""
