"""Who somebody is: accounts, ways to log in, sessions that can be ended."""
