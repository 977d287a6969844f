"""Trainings: self-help content in small steps, worked through alone, together, or between appointments."""
