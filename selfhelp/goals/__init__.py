"""Goals in a client's own words: small steps, and where one stands from 0 to 10 over time."""
