"""From what answers say, or from a theme alone, to what can come next."""
