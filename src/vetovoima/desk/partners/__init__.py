"""Partner channels and deliveries at the desk: what is due, the register, and each delivery with its next step."""
