"""Checks of the simulator."""
