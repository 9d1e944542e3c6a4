"""Where the offer is shown outside the portal, and the proof that it is shown as it was published.

A registered page (`models.ChannelPage`) is judged by two witnesses: the visit (`visiting`), which looks whether the embed
is there and where it points, and the embed's own report (`reports`), which says which version it shows. `judging` makes
one state of what they saw; `expected` knows what should be shown (docs/decisions/0026).
"""
