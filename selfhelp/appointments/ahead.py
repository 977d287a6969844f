"""What the own first page says of talks: the next one, and for a while whether something is taken along from the last."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from selfhelp.appointments.planning import Talk, talks_around
from selfhelp.care.models import Client
from selfhelp.core.sealing import Sealer
from selfhelp.offer.domain.opening import local_day

ASKED_FOR = timedelta(days=14)
"""How long after a talk one is asked what one takes along."""


@dataclass(frozen=True, slots=True)
class TalkAhead:
    """The next talk and in how many days it is, less than 0 once it is over; and the last one, if one is asked about it."""

    next: Talk | None = None
    days_left: int = 0
    last: Talk | None = None
    asks: bool = False


NO_TALK = TalkAhead()


def talk_ahead(session: Session, sealer: Sealer, client: Client, now: datetime, zone: ZoneInfo) -> TalkAhead:
    """Return it in one statement; in none where no talk is planned and none was lately."""
    if client.next_at is None and (client.met_at is None or now - client.met_at > ASKED_FOR):
        return NO_TALK
    around = talks_around(session, sealer, client)
    left = (local_day(around.next.starts_at, zone) - local_day(now, zone)).days if around.next else 0
    is_fresh = around.since is not None and now - around.since <= ASKED_FOR
    return TalkAhead(around.next, left, around.last, around.asks and is_fresh)
