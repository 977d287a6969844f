"""Alembic migrations, run by `selfhelp db upgrade`. Numbers are the order of review."""
