"""What an instrument is and how it is scored: frozen values and pure functions only."""
