"""The site finder: hard limits, wishes with weights, and every published site in order with its reasons.

`criteria` is what may be asked, `asking` reads it from an address, `reading` takes the offer's figures out of the
published documents, `topsis` is the method alone (numbers in, numbers out), `ranking` puts them together, `words` says
them. Why this method: docs/decisions/0019.
"""
