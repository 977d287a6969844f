"""Selfhelp: blended help for social-welfare organisations."""

__version__ = "0.1.0"
