"""The page before a talk, the page of the talk itself, and what is left of it afterwards."""
