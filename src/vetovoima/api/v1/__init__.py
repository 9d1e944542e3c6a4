"""REST under /api/v1/: public reads for anybody, the offer and its collection by key."""
