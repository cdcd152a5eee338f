"""How long the models take on simulated data of a given size."""
