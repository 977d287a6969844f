"""How a device is named for its owner, and how its owner is named on it; neither tells anything to somebody else."""

from hashlib import sha256
from ipaddress import ip_network

from selfhelp.accounts.domain import Actor

# The order matters: most browsers name Chrome and Safari too, Android names Linux.
_BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac", "Linux")


def device_name(user_agent: str) -> str:
    """Return "Firefox, Android" for a user agent, or the empty string."""
    browser = next((name for sign, name in _BROWSERS.items() if sign in user_agent), "")
    system = next((name for name in _SYSTEMS if name in user_agent), "")
    return ", ".join(part for part in (browser, system) if part)


def network_of(address: str) -> str:
    """Return what counts as one address: of IPv6 the first half, for a household has all of the second."""
    try:
        return str(ip_network((address, 64), strict=False)) if ":" in address else address
    except ValueError:
        return address


def owner_on_device(actor: Actor) -> str:
    """Return the name under which a device keeps somebody's work; empty where it may keep none.

    Always the same for one account, so that work which could not be sent is sent after the next log-in; never that of
    another account, so that it is not sent under that one.
    """
    if actor.is_shared_device:
        return ""
    return sha256(b"work on a device|" + actor.account_id.bytes).hexdigest()[:32]


def is_for(actor: Actor, owner: str) -> bool:
    """Whether work under this name may be taken for an actor.

    A page without a name kept nothing: it holds what was typed there and a form token of its own person, who may have
    logged in again meanwhile, on a device that was called shared or not.
    """
    return owner in {"", owner_on_device(actor)}
