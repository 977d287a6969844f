"""What lines of an access log say, in words: a closed vocabulary. Pure.

`what` of a line begins with one of the keys here; the keys of a training and a step may follow, or a detail. A key has words
that complete a sentence (`THINGS`), a sentence of its own for an event (`DEEDS`), or both. What is not known here is told as
*something in your file*, and a test that reads the code fails.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from selfhelp.care.domain import Event
from selfhelp.core.i18n import mark

NEW_CARD = "card issued"
INVITATION = "invitation"
NEW_DEVICE = "log-in on a new device"

_FILE, _STEP, _TEST, _PICTURE = mark("your file"), mark("a step"), mark("a self-test"), mark("a picture")
_HELPER, _PATH, _PHASE = mark("who helps you"), mark("the steps that were agreed on"), mark("how far the help is")
_WORDS, _ASKED = mark("words about a step"), mark("a self-test that you are asked for")
_TALK, _TALKS, _ACCOUNT = mark("a talk"), mark("your talks"), mark("your account of a talk")
_GOAL, _DIARY, _NETWORK = mark("a goal"), mark("your diary"), mark("your network map")

THINGS: Mapping[str, str] = {
    "a page of the file": mark("a page of your file"),
    "appointment": _TALK,
    "appointments": _TALKS,
    "asked about waiting": mark("your place on the waiting list"),
    "came back": _FILE,
    "called alike": mark("your name"),
    "client page": _FILE,
    "closing": mark("how the help is rounded off"),
    "contact list": mark("a list of contacts with you in it"),
    "contact noted": mark("a contact with you"),
    "copy of the file": _FILE,
    "counsellor assigned": _HELPER,
    "counsellor left the team": _HELPER,
    "date": mark("a date that you keep in view"),
    "diary": _DIARY,
    "diary no longer shared": _DIARY,
    "diary shared": _DIARY,
    "every way in blocked": mark("your card"),
    "file made": _FILE,
    "goal": _GOAL,
    "goal no longer shared": _GOAL,
    "goal shared": _GOAL,
    "goals": mark("your goals"),
    "handed over": _HELPER,
    INVITATION: mark("an invitation for you"),
    "my page": mark("your first page"),
    "network map": _NETWORK,
    "network no longer shared": _NETWORK,
    "network shared": _NETWORK,
    "news of a card": mark("the news of a new card"),
    "next talk": mark("your next talk"),
    "opened for an hour": _FILE,
    "own account of a talk": mark("your account of a talk"),
    "own promise": mark("what you promised"),
    "own talks": _TALKS,
    "page before a talk": mark("the page before your talk"),
    "page of a talk": mark("a talk"),
    "path": _PATH,
    "path agreed on": _PATH,
    "phase": _PHASE,
    "photo no longer shared": _PICTURE,
    "photo shared": _PICTURE,
    "picture": _PICTURE,
    "picture sent": _PICTURE,
    "planning": mark("your next talk"),
    "practice file": _FILE,
    "reference": mark("the number of your file at the organisation"),
    "report": mark("an account of a talk"),
    "report no longer shared": _ACCOUNT,
    "report shared": _ACCOUNT,
    "reports of a talk": mark("what both say of a talk"),
    "result": _TEST,
    "result no longer shared": _TEST,
    "result shared": _TEST,
    "results": mark("your kept self-tests"),
    "self-test asked for": _ASKED,
    "self-test no longer asked for": _ASKED,
    "self-tests asked for": mark("self-tests that you are asked for"),
    "shared diary entry": mark("a piece of your diary that you shared"),
    "shared goal": mark("a goal that you shared"),
    "shared network map": mark("the network map that you shared"),
    "shared result": mark("a self-test that you shared"),
    "shared step": mark("a step that you shared"),
    "sheet on working together": mark("the sheet on how you work together"),
    "stand-in named": _HELPER,
    "step": _STEP,
    "step filled in together": _STEP,
    "step no longer shared": _STEP,
    "step opened to fill in together": mark("a step to fill in together"),
    "step shared": _STEP,
    "step taken off the path": _PATH,
    "steps to fill in together": mark("steps to fill in together"),
    "summary": mark("the summary of a talk"),
    "taken on": _HELPER,
    "talk": mark("a talk"),
    "team search": mark("your name"),
    "thanks for words about a step": _WORDS,
    "timeline": mark("your timeline"),
    "training": mark("a training"),
    "trajectory": _PHASE,
    "waiting": mark("your place on the waiting list"),
    "what is shared": mark("the list of what you share"),
    "what to talk about": mark("what you want to talk about"),
    "who can read": mark("the page that says who can read"),
    "who looked": mark("the list of who looked into your file"),
    "words about a step": _WORDS,
}

_NOT_SHARED = mark("{who} stopped sharing {thing}")
_MADE, _ASSIGNED = mark("{who} made your file"), mark("{who} became the one who helps you")

DEEDS: Mapping[tuple[Event, str], str] = {
    (Event.CHANGE, "appointment called off"): mark("{who} called off a talk"),
    (Event.CHANGE, "appointment moved"): mark("{who} moved a talk"),
    (Event.CHANGE, "appointment: did not come"): mark("{who} noted that you could not be at a talk"),
    (Event.CHANGE, "came back"): mark("{who} opened your file again, because you came back"),
    (Event.CHANGE, NEW_CARD): mark("{who} made a new card for you"),
    (Event.CHANGE, "consent stopped"): mark("{who} stopped something that you had said yes to"),
    (Event.CHANGE, "contact noted"): mark("{who} noted a contact with you"),
    (Event.CHANGE, "counsellor assigned"): mark("{who} chose who helps you"),
    (Event.CHANGE, "counsellor left the team"): mark("{who} noted that somebody who helped you has left"),
    (Event.CHANGE, "diary no longer shared"): _NOT_SHARED,
    (Event.CHANGE, "every way in blocked"): mark("{who} blocked your card and every other way to log in"),
    (Event.CHANGE, "goal no longer shared"): _NOT_SHARED,
    (Event.CHANGE, "handed over"): mark("{who} handed your help over to a colleague"),
    (Event.CHANGE, INVITATION): mark("{who} made an invitation for you"),
    (Event.CHANGE, "network no longer shared"): _NOT_SHARED,
    (Event.CHANGE, "news of a card"): mark("{who} pressed: I know of the new card or invitation"),
    (Event.CHANGE, "path agreed on"): mark("{who} agreed on steps with you"),
    (Event.CHANGE, "photo no longer shared"): _NOT_SHARED,
    (Event.CHANGE, "picture taken back"): mark("{who} took a picture back"),
    (Event.CHANGE, "report no longer shared"): _NOT_SHARED,
    (Event.CHANGE, "result no longer shared"): _NOT_SHARED,
    (Event.CHANGE, "result removed"): mark("{who} removed a kept self-test"),
    (Event.CHANGE, "self-test asked for"): mark("{who} asked you for a self-test"),
    (Event.CHANGE, "self-test declined"): mark("{who} said “rather not” to a self-test"),
    (Event.CHANGE, "self-test no longer asked for"): mark("{who} no longer asks you for a self-test"),
    (Event.CHANGE, "stand-in named"): mark("{who} asked a colleague to stand in"),
    (Event.CHANGE, "step filled in together"): mark("{who} filled in a step together with you"),
    (Event.CHANGE, "step no longer shared"): _NOT_SHARED,
    (Event.CHANGE, "taken on"): _ASSIGNED,
    (Event.CHANGE, "talk held"): mark("{who} rounded off a talk"),
    (Event.CHANGE, "talk planned"): mark("{who} planned a talk"),
    (Event.CHANGE, "talk started"): mark("{who} began a talk"),
    (Event.CHANGE, "that was not right"): mark("{who} said of a line: that was not right"),
    (Event.CHANGE, "thanks for words about a step"): mark("{who} said thanks for words about a step"),
    (Event.CHANGE, "words about a step"): mark("{who} wrote something about a step"),
    (Event.CREATE, "file made"): _MADE,
    (Event.CREATE, "practice file"): _MADE,
    (Event.CREATE, "result"): mark("{who} kept a self-test"),
    (Event.LOG_IN, NEW_DEVICE): mark("Somebody logged in on a new device ({detail})"),
    (Event.READ, "client page"): mark("{who} looked into your file"),
    (Event.READ, "opened for an hour"): mark("{who} opened your file for an hour"),
    (Event.SHARE, "picture sent"): mark("{who} sent a picture"),
}

PLAIN: Mapping[Event, str] = {
    Event.CREATE: mark("{who} made {thing}"),
    Event.READ: mark("{who} looked at {thing}"),
    Event.CHANGE: mark("{who} changed {thing}"),
    Event.SHARE: mark("{who} shared {thing}"),
    Event.PRINT: mark("{who} printed {thing}"),
    Event.SEARCH: mark("{who} saw your name while searching"),
    Event.EXPORT: mark("{who} made a copy of {thing}"),
    Event.LOG_IN: mark("Somebody logged in on a new device"),
    Event.REFUSED: mark("{who} tried to open {thing} and was refused"),
    Event.FAILED: mark("{who} tried something with {thing} that went wrong"),
}
SOMETHING = mark("something in your file")
KEYS = frozenset(THINGS) | {key for _event, key in DEEDS}


@dataclass(frozen=True, slots=True)
class Told:
    """A line in words: a marked sentence with `{who}`, `{thing}` or `{detail}` in it, and what belongs there."""

    sentence: str
    thing: str
    detail: str


def key_of(what: str) -> str:
    """Return the longest key that `what` begins with, as whole words; empty for none."""
    whole = [key for key in KEYS if what == key or what.startswith((f"{key} ", f"{key}:"))]
    return max(whole, key=len, default="")


def told(event: str, what: str) -> Told:
    """Return a line in words."""
    key = key_of(what)
    detail = what.removeprefix(key).lstrip(": ")
    sentence = DEEDS.get((Event(event), key), PLAIN[Event(event)])
    if "{detail}" in sentence and not detail:
        sentence = PLAIN[Event(event)]
    return Told(sentence, THINGS.get(key, SOMETHING), detail)
