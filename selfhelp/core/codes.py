"""Codes that people copy by hand: 140 random bits in signs that are hard to mistake for one another."""

import re
import secrets

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without l, i, o, 0 and 1."""
LENGTH = 28
GROUP = 4


def new_code() -> str:
    """Return a fresh code."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def normal_code(given: str) -> str:
    """Return a code as it is stored: without spaces and dashes, in small letters."""
    return re.sub(r"[\s-]", "", given).casefold()


def readable_code(code: str) -> str:
    """Return a code in groups, for whoever types it."""
    return " ".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))
