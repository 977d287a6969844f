"""What a client keeps and shows: *Mijn map*."""
