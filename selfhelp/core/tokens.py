"""Tokens: 256 random bits in an address or a cookie, only their digest in the database."""

import secrets
from hashlib import sha256


def new_token() -> str:
    """Return a fresh token, safe in an address."""
    return secrets.token_urlsafe(32)


def token_digest(token: str) -> bytes:
    """Return what is stored of a token. It is random, so a plain digest cannot be guessed back."""
    return sha256(token.encode("utf-8")).digest()
