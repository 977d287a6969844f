"""What a coordinator sees of the whole: what waits, how staff opened files, how a pilot goes. Counts, never content."""
