"""The offer on other websites, at the desk: the builder of embeds, and whose pages may frame it."""
