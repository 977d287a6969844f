"""What an organisation offers: ways to reach it, when they are open, help lines, who it is."""
