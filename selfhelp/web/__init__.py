"""Flask-only plumbing: organisation by host, variants, public pages, headers, errors, the app shell."""
