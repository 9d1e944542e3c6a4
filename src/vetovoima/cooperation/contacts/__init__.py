"""The company contacts of a municipality: its own, confidential, shared only by a summary it chooses to share."""
