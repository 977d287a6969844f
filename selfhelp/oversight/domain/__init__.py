"""The rules of what may be shown, without a database."""
