"""The people and services around a client, as a map: drawn alone or together, by form or by hand."""
