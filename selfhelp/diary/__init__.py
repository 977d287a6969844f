"""A client's diary: private, until one entry of it is shared."""
