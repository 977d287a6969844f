"""Codes of an authenticator app (TOTP, RFC 6238): six digits that hold for half a minute, and count once."""

import re
from datetime import datetime

import pyotp

from selfhelp.accounts.models import Account
from selfhelp.core.sealing import Place, Sealer

SECRET = re.compile(r"[A-Z2-7]{32}")


def new_secret() -> str:
    """Return a fresh secret for an authenticator (base32, 160 bits; RFC 4226 asks for 128)."""
    return pyotp.random_base32()


def address_for_app(secret: str, username: str, organisation: str) -> str:
    """Return the address that an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=organisation)


def totp_step(now: datetime) -> int:
    """Return the number of the 30-second step of a moment (RFC 6238)."""
    return int(now.timestamp()) // 30


def matching_step(secret: str, code: str, *, after: int, now: datetime) -> int | None:
    """Return the step whose code this is, later than `after`; clocks of phones may be half a minute off. Else None."""
    totp = pyotp.TOTP(secret)
    near = (step for step in range(totp_step(now) - 1, totp_step(now) + 2) if step > after)
    return next((step for step in near if pyotp.utils.strings_equal(totp.generate_otp(step), code)), None)


def set_authenticator(account: Account, sealer: Sealer, secret: str, *, last_step: int = 0) -> None:
    """Give an account the shared secret of an authenticator app (base32); codes up to `last_step` count no more."""
    account.totp_sealed = sealer.seal(secret, _place(account))
    account.totp_last_step = last_step


def secret_of(account: Account, sealer: Sealer) -> str | None:
    """Return the shared secret of an account's authenticator, or None."""
    return sealer.open(account.totp_sealed, _place(account)) if account.totp_sealed else None


def _place(account: Account) -> Place:
    return Place("account", "totp_sealed", account.id, account.organisation_id)
