"""Hashing passwords and PINs: argon2id, few at a time, and as slow for a name that nobody has.

19 MiB and two passes, an OWASP minimum: a small server must survive thirty log-ins at nine o'clock.
"""

from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import hash_secret_raw

from selfhelp.accounts.domain import normal_password
from selfhelp.core.resources import folder

_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_AT_ONCE = BoundedSemaphore(2)
"""Hashes at the same moment per process: memory, not patience, is what runs out."""


def hashed(password: str) -> str:
    """Return the hash of a password or PIN, salt and parameters inside."""
    with _AT_ONCE:
        return _HASHER.hash(normal_password(password))


def is_right(known: str | None, given: str) -> bool:
    """Whether `given` belongs to the hash `known`. Without a hash it takes as long, and is wrong."""
    with _AT_ONCE:
        try:
            return _HASHER.verify(known or _nobody(), normal_password(given)) and known is not None
        except (VerificationError, InvalidHashError):
            return False


def slow_digest(code: str, salt: bytes) -> bytes:
    """Return a digest of a short random code by which it can be looked up: 32 bytes, as slow to guess as a password."""
    with _AT_ONCE:
        cost = {"time_cost": _HASHER.time_cost, "memory_cost": _HASHER.memory_cost, "parallelism": _HASHER.parallelism}
        return hash_secret_raw(code.encode("utf-8"), salt, hash_len=32, type=Type.ID, **cost)


def is_outdated(known: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(known)


@cache
def _nobody() -> str:
    return _HASHER.hash("the password of nobody")


@cache
def common_passwords() -> frozenset[str]:
    """Return passwords that many people use, lower case: 30,000 leaked ones, and Dutch words."""
    # It ships no types, and takes 60 ms and 3 MB that only a new password needs.
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # type: ignore[import-untyped]  # noqa: PLC0415  # see above

    own = (folder("content") / "common_passwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(FREQUENCY_LISTS["passwords"]) | {line for line in own if line and not line.startswith("#")}
