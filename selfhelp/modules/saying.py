"""What somebody says of how far they are with a step, and when they said it. Pure.

A device without a network says it later than its owner did, and two devices may say different things. What was said last
counts, however late it arrives. Words on why a step does not work out yet do not go unseen: those of another device stand
beside the newer ones, until their owner has read them and says something else.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from selfhelp.modules.domain import StepState

LONGEST_AGO = timedelta(days=365)
MOST_EARLIER = 5


@dataclass(frozen=True, slots=True)
class Stuck:
    """Why a step does not work out yet, and when somebody said so (None: before that was kept)."""

    reason: str
    words: str
    said_at: datetime | None = None

    @property
    def says_something(self) -> bool:
        """Whether there is more in it than that it does not work out."""
        return bool(self.words) or self.reason != "other"

    def says_the_same(self, other: "Stuck | None") -> bool:
        """Whether the same was said, whenever that was."""
        return other is not None and (self.reason, self.words) == (other.reason, other.words)


@dataclass(frozen=True, slots=True)
class Why:
    """All that is kept of why a step does not work out: what counts, and what other devices said before."""

    stuck: Stuck | None = None
    earlier: tuple[Stuck, ...] = ()

    @property
    def newest_at(self) -> datetime | None:
        """Return when the newest of all this was said: who knows that moment, has seen all of it."""
        return max((each.said_at for each in (self.stuck, *self.earlier) if each and each.said_at), default=None)


NO_REASON = Why()


@dataclass(frozen=True, slots=True)
class Said:
    """How far somebody says to be. `seen` is `Why.newest_at` of the reasons they had before their eyes."""

    state: StepState
    at: datetime
    stuck: Stuck | None = None
    seen: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How far somebody is, since when by their own saying, and why. None: it only follows from what was filled in."""

    state: StepState = StepState.TODO
    said_at: datetime | None = None
    why: Why = NO_REASON


def moment_said(now: datetime, ago: float) -> datetime:
    """Return when something was said, `ago` seconds before it was sent: a device counts right, whatever its clock says."""
    return now - min(max(timedelta(), timedelta(seconds=ago)), LONGEST_AGO)


def heard(known: Standing, said: Said) -> Standing:
    """Return how far somebody is after this was said.

    Who had read every reason may replace the newest, or be done with all of them; else the reasons stay beside what is new.
    """
    stuck = replace(said.stuck or Stuck("other", ""), said_at=said.at) if said.state is StepState.STUCK else None
    if known.said_at and said.at < known.said_at:
        return replace(known, why=_beside(known.why, stuck))
    is_read = said.seen == known.why.newest_at
    if is_read:
        return Standing(said.state, said.at, Why(stuck, known.why.earlier) if stuck else NO_REASON)
    return Standing(said.state, said.at, _beside(Why(stuck, known.why.earlier), known.why.stuck))


def _beside(why: Why, other: Stuck | None) -> Why:
    """Return the reasons with another one kept beside them, unless it says nothing new."""
    if other is None or not other.says_something or any(other.says_the_same(each) for each in (why.stuck, *why.earlier)):
        return why
    return replace(why, earlier=(*why.earlier, other)[-MOST_EARLIER:])


def written(why: Why) -> str | None:
    """Return the reasons as the text that is sealed, or None when there are none."""
    if why == NO_REASON:
        return None
    told = {"earlier": [_told(each) for each in why.earlier]}
    return json.dumps((_told(why.stuck) if why.stuck else {}) | told, ensure_ascii=False)


def read(text: str) -> Why:
    """Return the reasons that `written` wrote; older texts hold one reason and nothing beside it."""
    kept: dict[str, Any] = json.loads(text)
    earlier: Sequence[dict[str, str]] = kept.get("earlier", ())
    return Why(_stuck(kept) if "reason" in kept else None, tuple(_stuck(each) for each in earlier))


def _told(stuck: Stuck) -> dict[str, str]:
    said = {"said_at": stuck.said_at.isoformat()} if stuck.said_at else {}
    return {"reason": stuck.reason, "words": stuck.words, **said}


def _stuck(kept: dict[str, str]) -> Stuck:
    said_at = datetime.fromisoformat(kept["said_at"]) if "said_at" in kept else None
    return Stuck(kept["reason"], kept["words"], said_at)
