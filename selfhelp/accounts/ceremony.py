"""What passes between a browser and us for a passkey (WebAuthn level 3): options out, signed answers in. No database."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from typing import Any
from uuid import UUID

from cryptography.exceptions import UnsupportedAlgorithm

from selfhelp.accounts.challenges import VALID_FOR
from selfhelp.accounts.errors import NotRecognised

TIMEOUT = int(VALID_FOR.total_seconds()) * 1000
LONGEST_ID = 1023
"""Bytes of a credential id (WebAuthn, 5.8.3)."""


@dataclass(frozen=True, slots=True)
class Party:
    """The site that passkeys belong to, as a browser sees it. `name` stands in a phone's list, so it is a neutral one."""

    host: str
    origin: str
    name: str


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key pair that a device made: its public half."""

    credential_id: bytes
    public_key: bytes
    sign_count: int
    is_synced: bool


@dataclass(frozen=True, slots=True)
class Signed:
    """What a right answer says of the device that gave it."""

    sign_count: int
    is_synced: bool


def owner_handle(account_id: UUID) -> bytes:
    """Return what a device files a passkey under. A digest of a random id: it tells nothing, and outlives our keys."""
    return sha256(b"passkey owner|" + account_id.bytes).digest()


def options_to_add(party: Party, challenge: bytes, *, handle: bytes, name: str, known: Iterable[bytes]) -> dict[str, Any]:
    """Return what a browser needs to make a passkey that asks for no name and checks its owner; never a second one."""
    import webauthn  # noqa: PLC0415  # 80 ms and 6 MB that only passkeys need; so in the other functions
    from webauthn.helpers import options_to_json_dict, structs  # noqa: PLC0415  # 80 ms

    options = webauthn.generate_registration_options(
        rp_id=party.host,
        rp_name=party.name,
        user_id=handle,
        user_name=name,
        challenge=challenge,
        timeout=TIMEOUT,
        attestation=structs.AttestationConveyancePreference.NONE,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[structs.PublicKeyCredentialDescriptor(id=each) for each in known],
    )
    return options_to_json_dict(options)


def options_to_log_in(party: Party, challenge: bytes) -> dict[str, Any]:
    """Return what a browser needs to sign with any passkey of this site; it asks its owner which."""
    import webauthn  # noqa: PLC0415  # 80 ms
    from webauthn.helpers import options_to_json_dict, structs  # noqa: PLC0415  # 80 ms

    options = webauthn.generate_authentication_options(
        rp_id=party.host,
        challenge=challenge,
        timeout=TIMEOUT,
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    return options_to_json_dict(options)


def read_new_key(party: Party, challenge: bytes, sent: dict[str, Any]) -> NewKey:
    """Return the key in a browser's answer; NotRecognised when anything about it is not right."""
    import webauthn  # noqa: PLC0415  # 80 ms

    with _any_fault_is_one():
        found = webauthn.verify_registration_response(
            credential=sent,
            expected_challenge=challenge,
            expected_rp_id=party.host,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    if len(found.credential_id) > LONGEST_ID:
        raise NotRecognised
    return NewKey(found.credential_id, found.credential_public_key, found.sign_count, _may_travel(found))


def read_signed(
    party: Party, challenge: bytes, sent: dict[str, Any], *, public_key: bytes, sign_count: int, handle: bytes
) -> Signed:
    """Check a browser's answer against the public key that we know.

    Raises:
        NotRecognised: anything about it is not right; a count that did not go on is that of a copy.
    """
    import webauthn  # noqa: PLC0415  # 80 ms

    with _any_fault_is_one():
        found = webauthn.verify_authentication_response(
            credential=sent,
            expected_challenge=challenge,
            expected_rp_id=party.host,
            expected_origin=party.origin,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
        if not compare_digest(webauthn.base64url_to_bytes(sent["response"]["userHandle"]), handle):
            raise NotRecognised
    return Signed(found.new_sign_count, _may_travel(found))


def claimed_key(sent: dict[str, Any]) -> bytes:
    """Return the credential id that a browser's answer names; nothing is checked yet."""
    import webauthn  # noqa: PLC0415  # 80 ms

    with _any_fault_is_one():
        return webauthn.base64url_to_bytes(sent["id"])[:LONGEST_ID]


def _may_travel(found: Any) -> bool:
    # Whether it may be copied, not whether it was by now: the advice about it must stay true.
    return bool(found.credential_device_type == "multi_device" or found.credential_backed_up)


@contextmanager
def _any_fault_is_one() -> Iterator[None]:
    """Give whatever is wrong with an answer one name; the library lets errors of its parsers through beside its own."""
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415  # 80 ms

    try:
        yield
    except (WebAuthnException, UnsupportedAlgorithm, ValueError, TypeError, LookupError, AttributeError) as error:
        raise NotRecognised from error
