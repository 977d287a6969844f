"""Filling in a step together, on the counsellor's device, in a talk. Pure.

What was filled in stays the client's own. While both sit there, both see it; afterwards it is private again unless shared.
So the form never shows what the client wrote alone and does not share. What is typed over such a field stands beside it, and
the client chooses later: nothing is read that was not shown, and nothing is lost.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import uuid4

from selfhelp.accounts.domain import Actor
from selfhelp.modules.domain import Step
from selfhelp.modules.entries import Filled, Values, all_names
from selfhelp.modules.merging import Change, Entry, Hand

LASTS = timedelta(hours=2)
"""How long after a field was filled in together the counsellor who did so still sees it: the length of a long talk."""


def seen_by_both(entry: Entry, actor: Actor, now: datetime, *, is_shared: bool) -> Values:
    """Return what both may see in a talk: all that is shared, and what these two filled in a moment ago."""
    if is_shared:
        return entry.values
    mine = {name: hand for name, hand in entry.together.items() if hand.account_id == str(actor.account_id)}
    return {name: value for name, value in entry.values.items() if name in mine and now - mine[name].at < LASTS}


def together_change(
    step: Step, filled: Filled, form: Mapping[str, str], actor: Actor, now: datetime, *, seen: Values
) -> Change:
    """Return what a form says that was filled in together; its `shown` names the fields that stood filled on it.

    Such a field may be changed and cleared, as long as both may see it (`seen`). Any other counts only if something was
    typed: it may hold what the client wrote alone, which nobody clears by a form that did not show it.
    """
    given = form.get("base", "")
    base = int(given) if given.isdecimal() and len(given) < 10 else 0
    shown = seen.keys() & set(form.get("shown", "").split())
    values = {
        name: (filled.values.get(name), base if name in shown else 0)
        for name in all_names(step)
        if name in shown or name in filled.values
    }
    hand = Hand(str(actor.account_id), actor.given_name, now)
    return Change(form.get("change", "")[:36] or str(uuid4()), values, is_whole=True, hand=hand)
