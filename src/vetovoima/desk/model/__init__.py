"""The operating model: who does what, the goals of the strategy, the municipalities' profiles and company contacts."""
