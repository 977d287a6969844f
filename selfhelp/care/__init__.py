"""Organisations, and later teams, trajectories and who may see whom."""
