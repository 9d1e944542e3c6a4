"""The offer: list, record, editing, review, photographs."""
