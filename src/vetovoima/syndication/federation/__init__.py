"""Other regions' offers that are followed: read from their own addresses, shown on the joint map beside ours, each with
its origin and its licence, and gone from here when the source no longer has them (docs/decisions/0027)."""
