"""Proposes weights of the health score from a company's own past; it changes nothing."""
