"""Recovery codes, for the day the phone is lost: ten, each counts once, shown once.

Of a code of 49 random bits a plain digest could be guessed back from a stolen database. So it is hashed like a password
(argon2id), salted by the account: the salt makes the same code of two people two digests, and is no key that rotates.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import CursorResult, delete, func, select, update
from sqlalchemy.orm import Session

from selfhelp.accounts.models import Account, RecoveryCode
from selfhelp.accounts.passwords import slow_digest
from selfhelp.core.codes import LETTERS, normal_code
from selfhelp.core.edge import Edge

CODES = 10
LENGTH = 10
_CODE = re.compile(f"[{LETTERS}]{{{LENGTH}}}")


@dataclass(frozen=True, slots=True)
class GivenCode:
    """What somebody typed where a code is asked for: of the app, or a recovery code, and then with its digest."""

    text: str
    digest: bytes | None

    @classmethod
    def read(cls, typed: str, account_id: UUID) -> "GivenCode":
        """Read it. Hashing is slow: outside every database block."""
        code = normal_code(typed[:40])
        return cls(code, slow_digest(code, account_id.bytes) if _CODE.fullmatch(code) else None)


@dataclass(frozen=True, slots=True)
class NewCodes:
    """Fresh recovery codes of an account, as they are shown, once."""

    account_id: UUID
    codes: tuple[str, ...]
    digests: tuple[bytes, ...]

    @classmethod
    def make(cls, account_id: UUID) -> "NewCodes":
        """Draw them. Hashing is slow: outside every database block."""
        codes = tuple("".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(CODES))
        return cls(account_id, codes, tuple(slow_digest(code, account_id.bytes) for code in codes))

    @property
    def readable(self) -> list[str]:
        """Return them in two groups, for whoever copies them by hand."""
        return [f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}" for code in self.codes]


def give_codes(session: Session, new: NewCodes, *, edge: Edge) -> None:
    """Put fresh codes in the place of the older ones, which count no more."""
    account = session.get_one(Account, new.account_id)
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    ids = {"organisation_id": account.organisation_id, "account_id": account.id}
    session.add_all(RecoveryCode(id=edge.new_id(), code_digest=digest, **ids) for digest in new.digests)


def use_recovery_code(session: Session, account: Account, given: GivenCode, now: datetime) -> bool:
    """Use up a recovery code; False when it is none, or was used before. Of many at the same moment one counts."""
    if given.digest is None:
        return False
    mine = update(RecoveryCode).where(RecoveryCode.account_id == account.id, RecoveryCode.code_digest == given.digest)
    used = session.execute(mine.where(RecoveryCode.used_at.is_(None)).values(used_at=now))
    return cast("CursorResult[object]", used).rowcount == 1


def count_codes(session: Session, account_id: UUID) -> int:
    """Return how many recovery codes of an account are not used yet."""
    wanted = select(func.count()).where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
    return session.scalar(wanted) or 0
