"""Taking a self-test and reading what the answers say. The exemplar slice: read this one first."""
