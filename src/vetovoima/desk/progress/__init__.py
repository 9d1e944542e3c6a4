"""The target meter and the investment register."""
