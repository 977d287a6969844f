"""The people who work in an organisation."""
