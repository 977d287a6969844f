"""What a browser sends and gets when it makes or uses a passkey: JSON, for this site as the browser sees it."""

from typing import Any

from flask import request

from selfhelp.accounts import ceremony, passkeys
from selfhelp.accounts.ceremony import NewKey, Party
from selfhelp.accounts.domain import Actor
from selfhelp.accounts.errors import NotRecognised
from selfhelp.core.edge import Edge
from selfhelp.web.json_body import json_body
from selfhelp.web.site import current_site
from selfhelp.web.transaction import writing

Answer = dict[str, Any] | tuple[dict[str, Any], int]


def party_of_request() -> Party:
    """Return the site that passkeys belong to."""
    return Party(request.host.partition(":")[0].lower(), request.host_url.rstrip("/"), current_site().neutral_name)


def sent() -> dict[str, Any]:
    """Return what the browser sent; empty where it is no object."""
    body = json_body()
    return body if isinstance(body, dict) else {}


def credential() -> dict[str, Any]:
    """Return what the device made or signed; empty where it is no object."""
    found = sent().get("credential")
    return found if isinstance(found, dict) else {}


def options_for(actor: Actor, edge: Edge) -> Answer:
    """Return what a browser needs to make a passkey; not on a device that others use too."""
    if actor.is_shared_device:
        return {}, 400
    with writing() as session:
        begun = passkeys.begin_adding(session, actor, edge=edge)
    return begun.options(actor, party_of_request())


def made_key(actor: Actor, edge: Edge) -> NewKey:
    """Return the passkey that the browser made; NotRecognised when anything about it is not right."""
    with writing() as session:
        challenge = passkeys.use_challenge_of_session(session, actor, edge.now)
    if challenge is None or actor.is_shared_device:
        raise NotRecognised
    return ceremony.read_new_key(party_of_request(), challenge, credential())
