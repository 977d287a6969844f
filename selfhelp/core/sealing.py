"""Sealed text: encrypted where it lies, bound to the place it was written for, with keys outside the database.

AES-256-GCM (NIST SP 800-38D) under a key per organisation, derived (HKDF, RFC 5869) from a master key of the ring. A
sealed value names its master key, so that keys can be rotated while old values stay readable; its place (table, column,
row, organisation) is authenticated with it, so that a value moved to another row does not open.
"""

import base64
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from time import monotonic
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from selfhelp.core.errors import SelfhelpError, UnsafeSettings

FILE_NAME = "keys.json"
KEY_BYTES = 32
LOOK_AGAIN = 1.0
"""Seconds between looks at the key file: the time after which every process seals with a key that was added."""
NONCE_BYTES = 12
LOG = "log"
"""The name of the access logs' key in the key file; the others are numbers."""
FORMAT = 1
_HEAD = 3
"""One byte for the format, two for the number of the master key."""


class CannotOpen(SelfhelpError):
    """A sealed value was changed, moved, or its key is gone."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value lies."""

    table: str
    column: str
    row: UUID
    organisation: UUID

    @property
    def bytes(self) -> bytes:
        """Return what is authenticated together with the value."""
        return f"{self.table}|{self.column}|{self.row}|{self.organisation}".encode()


class Sealer:
    """Seals and opens text with the master keys of an installation; new values get the newest key.

    Looks at the key file again now and then, so that a rotation needs no restart: see `selfhelp.cli.keys`.
    """

    def __init__(self, folder: Path) -> None:
        """Read the keys.

        Raises:
            UnsafeSettings: there are none, they cannot be understood, or others on this machine can read them.
        """
        self._path = folder / FILE_NAME
        self._masters, self._log = _read(self._path)
        self._stamp = self._path.stat().st_mtime_ns
        self._looked = monotonic()

    @property
    def masters(self) -> Mapping[int, bytes]:
        """Return the master keys by number."""
        if monotonic() - self._looked > LOOK_AGAIN:
            self._look()
        return self._masters

    def _look(self) -> None:
        self._looked = monotonic()
        stamp = self._path.stat().st_mtime_ns
        if stamp != self._stamp:
            (self._masters, self._log), self._stamp = _read(self._path), stamp

    @property
    def newest(self) -> int:
        """Return the number of the key that new values get."""
        return max(self.masters)

    def seal(self, text: str, at: Place) -> bytes:
        """Return `text` sealed for one place."""
        nonce, number = secrets.token_bytes(NONCE_BYTES), self.newest
        head = head_of(number)
        return head + nonce + self._cipher(number, at).encrypt(nonce, text.encode("utf-8"), head + at.bytes)

    def open(self, sealed: bytes, at: Place) -> str:
        """Return the text of a sealed value.

        Raises:
            CannotOpen: changed, moved from its place, or sealed with a key that is not here.
        """
        head, nonce, body = sealed[:_HEAD], sealed[_HEAD : _HEAD + NONCE_BYTES], sealed[_HEAD + NONCE_BYTES :]
        if len(sealed) < _HEAD + NONCE_BYTES or head[0] != FORMAT:
            raise CannotOpen(f"{at.table}.{at.column}: not a sealed value")
        try:
            cipher = self._cipher(key_number(sealed), at)
            return cipher.decrypt(nonce, body, head + at.bytes).decode("utf-8")
        except (InvalidTag, KeyError) as error:
            raise CannotOpen(f"{at.table}.{at.column}: cannot be opened") from error

    def _cipher(self, number: int, at: Place) -> AESGCM:
        if number not in self.masters:
            self._look()  # another process has seen a new key a moment before this one
        return AESGCM(_derived(self.masters[number], b"sealed text|" + at.organisation.bytes))

    def digest(self, purpose: str, value: str) -> bytes:
        """Return a keyed digest, to compare values that must not be stored (an address, a user name that was tried)."""
        return hmac.digest(_derived(self.masters[self.newest], purpose.encode()), value.encode("utf-8"), sha256)

    def log_digest(self, told: bytes) -> bytes:
        """Return the keyed digest of a line or a head of access logs.

        Its key is not rotated: to give older lines a digest under another one is what a forger would do, and a program that
        can do it on command vouches for nothing.
        """
        return hmac.digest(self._log, told, sha256)

    def secret(self, purpose: str) -> str:
        """Return a secret for one purpose (signing form tokens, say); it changes with each new key."""
        return _derived(self.masters[self.newest], purpose.encode()).hex()


def head_of(number: int) -> bytes:
    """Return how a value begins that was sealed with this master key."""
    return bytes([FORMAT]) + number.to_bytes(2, "big")


def key_number(sealed: bytes) -> int:
    """Return the number of the master key that a value was sealed with."""
    return int.from_bytes(sealed[1:_HEAD], "big")


@lru_cache(maxsize=256)
def _derived(master: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose).derive(master)


def _read(path: Path) -> tuple[dict[int, bytes], bytes]:
    try:
        if path.stat().st_mode & 0o077:
            raise UnsafeSettings(f"{path} can be read by others; set its mode to 0600")
        found = {name: base64.b64decode(key, validate=True) for name, key in _known(path).items()}
        log = found.pop(LOG, b"")
        masters = {int(number): key for number, key in found.items()}
    except FileNotFoundError as error:
        raise UnsafeSettings(f"{path} is missing; run `selfhelp keys make` once, and keep a copy elsewhere") from error
    except (ValueError, AttributeError, TypeError) as error:
        raise UnsafeSettings(f"{path} is not a list of keys") from error
    if not masters or any(len(key) != KEY_BYTES for key in masters.values()):
        raise UnsafeSettings(f"{path} holds no key, or one of another length than {KEY_BYTES} bytes")
    if len(log) != KEY_BYTES:
        raise UnsafeSettings(f"{path} holds no key for access logs; run `selfhelp db upgrade` once")
    return masters, log


def add_key(folder: Path) -> int:
    """Add a new master key, or make the first, and with it that of access logs; return its number."""
    path = folder / FILE_NAME
    known = _known(path) if path.exists() else {LOG: _new_key()}
    number = max((int(each) for each in known if each != LOG), default=0) + 1
    _replace(path, known | {str(number): _new_key()})
    return number


def add_log_key(folder: Path) -> None:
    """Add a key for access logs to a file from before there was one. Safe to repeat."""
    known = _known(folder / FILE_NAME)
    if LOG not in known:
        _replace(folder / FILE_NAME, known | {LOG: _new_key()})


def drop_keys_before(folder: Path, number: int) -> None:
    """Forget all master keys older than `number`: nothing may be sealed with them any more."""
    path = folder / FILE_NAME
    _replace(path, {each: key for each, key in _known(path).items() if each == LOG or int(each) >= number})


def _known(path: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads(path.read_text(encoding="ascii"))
    return found


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")


def _replace(path: Path, keys: Mapping[str, str]) -> None:
    """Write the keys; the file is replaced as a whole or not at all."""
    fresh = path.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(json.dumps(keys, indent=1))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
