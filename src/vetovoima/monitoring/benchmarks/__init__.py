"""What a location is worth: open formulas over figures of places, each with its source, and the visitor's own figures.

`factors` is what is compared and how it is computed, as data; `loading` stores a pack's places and figures; `asking`
reads a situation from an address; `comparing` computes, and says of every number that it lacks that it lacks it.
"""
