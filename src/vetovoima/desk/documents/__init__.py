"""Documents that the municipalities share with the partners of the network."""
