"""Mail and the outbox, for those who run the service."""
