"""Taking an authenticator app into use, and with it a full session."""

import re

import pyotp
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Actor, totp_step
from selfhelp.accounts.errors import NotRecognised
from selfhelp.accounts.logging_in import Entrance, Visitor, full_session
from selfhelp.accounts.models import Account
from selfhelp.accounts.service import give_recovery_codes, set_authenticator
from selfhelp.core.edge import Edge
from selfhelp.core.sealing import Sealer

SECRET = re.compile(r"[A-Z2-7]{32}")


def new_secret() -> str:
    """Return a fresh secret for an authenticator (base32, 160 bits; RFC 4226 asks for 128)."""
    return pyotp.random_base32()


def address_for_app(secret: str, username: str, organisation: str) -> str:
    """Return the address that an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=organisation)


def enrol(
    session: Session, sealer: Sealer, actor: Actor, visitor: Visitor, *, secret: str, code: str, edge: Edge
) -> tuple[Entrance, list[str]]:
    """Take the authenticator with this secret into use once it gave a right code; return recovery codes, shown once.

    Raises:
        NotRecognised: the code does not fit the secret. Nothing was changed.
    """
    if not SECRET.fullmatch(secret) or not pyotp.TOTP(secret).verify(code, for_time=edge.now, valid_window=1):
        raise NotRecognised
    account = session.get_one(Account, actor.account_id)
    set_authenticator(account, sealer, secret)
    account.totp_last_step = totp_step(edge.now)
    return full_session(session, account, actor, visitor, edge=edge), give_recovery_codes(session, account, edge)
