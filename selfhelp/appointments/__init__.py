"""Talks: when, how and with whom; what to talk about, what was promised, and what both say of it afterwards."""
