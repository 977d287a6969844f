"""The line of a client in lists: clear columns, changed in the transaction that changes what they are about."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, select, update
from sqlalchemy.orm import Session

from selfhelp.care.models import Assignment, Client, Share
from selfhelp.care.phases import WITH_HELP, Facts, attention_at

SEEN_EVERY = timedelta(hours=1)
"""A sign of life is written at most this often: it takes no part in most requests."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Columns of the line that follow from rows: one rule, for the writes that move them and for the recount of a night."""

    rows: Select[*tuple[Any, ...]]
    """One row per client who has any: `client_id`, then the columns under their names on the line."""
    without: Mapping[str, Any]
    """What the line says of a client without such rows; empty where everybody has one."""

    def of(self, session: Session, client_ids: Collection[UUID]) -> Mapping[UUID, Mapping[str, Any]]:
        """Return what the line of each of these clients has to say."""
        mine = self.rows.where(self.rows.selected_columns["client_id"].in_(client_ids))
        found = {row.pop("client_id"): row for row in map(dict, session.execute(mine).mappings())}
        return {each: found.get(each, self.without) for each in client_ids}


def facts_of(client: Client) -> Facts:
    """Return what a client's attention depends on."""
    return Facts(**{each.name: getattr(client, each.name) for each in fields(Facts)})


def heard_at() -> ColumnElement[datetime]:
    """Return `phases.last_sign` in SQL: no function of both databases takes the latest of what is there."""
    met, seen, began = Client.met_at, Client.seen_at, Client.phase_at
    return case(((met >= func.coalesce(seen, began)) & (met >= began), met), (seen >= began, seen), else_=began)


def quiet_since(moment: datetime) -> ColumnElement[bool]:
    """Return whether nothing was heard of a client since a moment, in a phase in which that says something."""
    return Client.phase.in_([each.value for each in WITH_HELP]) & (heard_at() <= moment)


def set_line(session: Session, client: Client, **columns: Any) -> None:
    """Set columns of a client's line, and from when the client needs attention in each open assignment."""
    _write(session, _as_it_is(session, client), columns)


def _write(session: Session, mine: Client, columns: Mapping[str, Any]) -> None:
    for name, value in columns.items():
        setattr(mine, name, value)
    session.flush()
    again = attention_at(facts_of(mine))
    open_ones = update(Assignment).where(Assignment.client_id == mine.id, Assignment.ended_at.is_(None))
    session.execute(open_ones.where(Assignment.attention_at != again).values(attention_at=again))


def count_again(session: Session, client: Client, *counted: Counted) -> None:
    """Set columns of a client's line to what its rows say now."""
    session.flush()
    said = [each.of(session, [client.id])[client.id] for each in counted]
    set_line(session, client, **{name: value for each in said for name, value in each.items()})


def note_fresh(session: Session, client: Client, now: datetime) -> None:
    """Note that a client shared or wrote something that no counsellor has looked at."""
    mine = _as_it_is(session, client)
    _write(session, mine, {"fresh": mine.fresh + 1, "fresh_at": mine.fresh_at or now})


def looked_at(session: Session, client: Client) -> None:
    """Note that a counsellor has looked: what was fresh on `client`, as it was read then, is so no more.

    What came while the page was being made stays fresh. Writes nothing where nothing was.
    """
    if seen := client.fresh:
        mine = _as_it_is(session, client)
        left = max(0, mine.fresh - seen)
        _write(session, mine, {"fresh": left, "fresh_at": mine.fresh_at if left else None})
        if left:  # what came may be in no thing: then reading one that was seen here must not take it off
            session.execute(update(Share).where(Share.client_id == client.id).values(fresh=0, fresh_at=None))


def fresh_in(client: Client, row: Share) -> int:
    """Return how much in a shared thing is fresh: what is older than all that is fresh on the line was looked at with it."""
    return row.fresh if client.fresh_at and row.fresh_at and row.fresh_at >= client.fresh_at else 0


def nothing_fresh_in(session: Session, client: Client, share_id: UUID, seen: int) -> None:
    """Note that of what was fresh on the line, `seen` in one shared thing are so no more: that was read, or is private now.

    What came meanwhile, in this thing or another, stays fresh.
    """
    if not seen:
        return
    mine = _as_it_is(session, client)
    row = session.get(Share, share_id, with_for_update=True, populate_existing=True)
    taken = min(seen, fresh_in(mine, row), mine.fresh) if row else 0
    if row is None or not taken:  # two counsellors read the same, or somebody looked at everything
        return
    row.fresh -= taken
    row.fresh_at = row.fresh_at if row.fresh else None
    session.flush()
    left = mine.fresh - taken
    _write(session, mine, {"fresh": left, "fresh_at": _first_fresh(session, mine, left)})


def _first_fresh(session: Session, mine: Client, left: int) -> datetime | None:
    """Return since when there is something fresh; of what is not in a shared thing (a wish, say) only the first is known."""
    things = select(func.sum(Share.fresh), func.min(Share.fresh_at)).where(Share.client_id == mine.id)
    in_things, first = session.execute(things.where(Share.fresh > 0, Share.fresh_at >= mine.fresh_at)).one()
    return first if in_things == left else mine.fresh_at if left else None


def saw_client(session: Session, client: Client, now: datetime) -> None:
    """Note a sign of life of the client, at most once an hour."""
    if client.seen_at is None or now - client.seen_at >= SEEN_EVERY:
        set_line(session, client, seen_at=now)


def tell_of_card(session: Session, client: Client, now: datetime) -> None:
    """Note that a card was made, or an invitation, which lets in too.

    The client is told of it until he or she says to have understood.
    """
    set_line(session, client, new_card_at=now)


def understood_card(session: Session, client: Client) -> None:
    """Note that the client knows of the newest card or invitation."""
    if client.new_card_at is not None:
        set_line(session, client, new_card_at=None)


def _as_it_is(session: Session, client: Client) -> Client:
    """Return the client's row as it is in this transaction, so that nothing is written over by what was read before it."""
    if client not in session:
        return session.get_one(Client, client.id, with_for_update=True, populate_existing=True)
    if session.get_bind().dialect.name != "sqlite":  # which has one writer anyway; elsewhere one may have waited for another
        session.flush()
        session.refresh(client, with_for_update=True)
    return client
