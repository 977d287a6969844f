"""A counsellor's clients."""
