"""Rows of this slice."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from selfhelp.care.phases import PhaseKind
from selfhelp.core.db import Base, UtcDateTime

_PHASES = ", ".join(f"'{each.value}'" for each in PhaseKind)


class Organisation(Base):
    """An organisation that offers help here. Every row of every person belongs to one; this table itself is global."""

    __tablename__ = "organisation"
    __table_args__ = (CheckConstraint("key = lower(key)", name="key_lower_case"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    """Name of its folder in the data folder."""
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Team(Base):
    """People who work together; a client belongs to one team."""

    __tablename__ = "team"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str] = mapped_column(String(80))


class Client(Base):
    """Somebody who is helped. The name is sealed; the account, if there is one, knows nothing of it.

    From `phase` on: what lists say and sort by, in clear, kept by `care/lines.py` together with what it is about. A list
    of thousands is read from these columns alone.
    """

    __tablename__ = "client"
    __table_args__ = (CheckConstraint(f"phase in ({_PHASES})", name="phase_known"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    team_id: Mapped[UUID] = mapped_column(ForeignKey("team.id"), index=True)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), unique=True)
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    reference: Mapped[str] = mapped_column(String(40), default="")
    """The organisation's own number of its legal file, as a counsellor typed it; empty if there is none."""
    is_practice: Mapped[bool] = mapped_column(default=False)
    """An *oefencliënt*: to practise with, and in no figure."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    phase: Mapped[str] = mapped_column(String(12), default=PhaseKind.GUIDANCE)
    phase_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """Since when."""
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The last sign of life, to the hour; None before the first."""
    met_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The last talk, or the last time that somebody was reached."""
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The next appointment; one that is over and was neither held nor called off stands here too."""
    stuck: Mapped[int] = mapped_column(default=0)
    """How many steps do not work out yet and wait for a talk, the first since `stuck_at`."""
    stuck_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fresh: Mapped[int] = mapped_column(default=0)
    """How many things were shared or written since a counsellor last looked, the first at `fresh_at`."""
    fresh_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_on: Mapped[date | None]
    """The first day that the client wants to keep in view."""
    ask_on: Mapped[date | None]
    """The day on which the team asks how it is: after a closing."""
    new_card_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When a card or an invitation was made of which the client has not said yet: understood."""


class Assignment(Base):
    """The dated link between a client and a counsellor. Without one that is open, a counsellor sees nothing."""

    __tablename__ = "assignment"
    __table_args__ = (Index("ix_assignment_caseload", "counsellor_id", "ended_at", "attention_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    counsellor_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """May lie ahead: standing in begins with somebody's leave."""
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_day: Mapped[date | None]
    """Of somebody who stands in, or after a closing; None: until it is ended."""
    stands_in_for: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    attention_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """From when this client needs attention: what a caseload is sorted by. A copy, so that one index answers."""


class Phase(Base):
    """One dated phase of a client's trajectory; the open one is where the client is now."""

    __tablename__ = "phase"
    __table_args__ = (
        CheckConstraint(f"kind in ({_PHASES})", name="kind_known"),
        Index(
            "ix_phase_open",
            "client_id",
            unique=True,
            sqlite_where=text("ended_at is null"),
            postgresql_where=text("ended_at is null"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    """Who moved the client here; None where nobody did, as for files older than phases."""


class SignUp(Base):
    """How somebody came: on the phone, in a minute. Somebody who comes back has one more."""

    __tablename__ = "sign_up"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    by_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    reach_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """The safe way to reach this person, in words."""
    question_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    signed_up_at: Mapped[datetime] = mapped_column(UtcDateTime)
    wanted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When this person last said that help is still wanted."""


class Closing(Base):
    """The end of a trajectory in four acts: look back, take a copy, say when access ends, say how to come back."""

    __tablename__ = "closing"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    by_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    looked_back_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What both said while looking back."""
    copy_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the client took a copy, or said that none is wanted."""
    access_until: Mapped[date | None]
    ask_on: Mapped[date | None]
    """When the team asks how it is; None: the client wants no such contact."""
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class WorkingWeek(Base):
    """On which days somebody of the staff works. Without a row: Monday to Friday."""

    __tablename__ = "working_week"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    days: Mapped[str] = mapped_column(String(7))
    """Seven signs from Monday on, `1` for a day of work."""


class Absence(Base):
    """A leave of somebody of the staff, and what happens to the clients meanwhile."""

    __tablename__ = "absence"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    first_on: Mapped[date]
    last_on: Mapped[date]
    choice: Mapped[str] = mapped_column(String(10))
    """`move` the talks, `hand_over` to somebody, or `wait`."""
    stand_in_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))


class AccessEntry(Base):
    """One line of *who looked into my file*: written before the file opens, chained to the line before it."""

    __tablename__ = "access_entry"
    __table_args__ = (
        UniqueConstraint("client_id", "seq"),
        # Lines of staff only: what a client does every minute pays nothing for a report that is read once a month.
        Index(
            "ix_access_entry_of_staff",
            *("organisation_id", "at", "account_id", "client_id", "event"),
            sqlite_where=text("role <> 'client'"),
            postgresql_where=text("role <> 'client'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"))
    seq: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    account_id: Mapped[UUID]
    """No foreign key: the line outlives the account."""
    role: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    """What clients call this person, as it was at that moment."""
    function: Mapped[str] = mapped_column(String(80), default="", server_default="")
    event: Mapped[str] = mapped_column(String(20))
    what: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(String(200))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))


class LogHead(Base):
    """One day's seal over all access logs of an organisation: the end of a chain cannot be cut off unseen either."""

    __tablename__ = "log_head"
    __table_args__ = (UniqueConstraint("organisation_id", "day"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    day: Mapped[date]
    chains: Mapped[int]
    """How many access logs grew since the seal before."""
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))


class ListAccess(Base):
    """A list of clients that somebody saw: one row with the ids that were on it."""

    __tablename__ = "list_access"
    __table_args__ = (Index("ix_list_access_at", "organisation_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    account_id: Mapped[UUID]
    role: Mapped[str] = mapped_column(String(20))
    what: Mapped[str] = mapped_column(String(120))
    client_ids: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class DatabaseAccess(Base):
    """Somebody who went to the database itself, and why: of the installation and not of one organisation."""

    __tablename__ = "database_access"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(unique=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    who: Mapped[str] = mapped_column(String(80))
    """Who looks after the machine; never a client."""
    why: Mapped[str] = mapped_column(String(300))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))


class AccessReport(Base):
    """A client who says of one line: that was not right. It reaches the coordinator; the words are sealed."""

    __tablename__ = "access_report"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("access_entry.id"), unique=True)
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    reported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    looked_into_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When a coordinator said to have looked into it; None while nobody has."""
    looked_into_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))


class TeamMember(Base):
    """Somebody of the staff in a team."""

    __tablename__ = "team_member"
    __table_args__ = (UniqueConstraint("team_id", "account_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    team_id: Mapped[UUID] = mapped_column(ForeignKey("team.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    is_leader: Mapped[bool]


class AccessGrant(Base):
    """A reason, given once, for which a colleague may open a client's file for a while."""

    __tablename__ = "access_grant"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    reason: Mapped[str] = mapped_column(String(20))
    until: Mapped[datetime] = mapped_column(UtcDateTime)


class Agreement(Base):
    """A version of the sheet *Zo werken wij samen*; the newest one counts, all of them stay."""

    __tablename__ = "agreement"
    __table_args__ = (UniqueConstraint("client_id", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"))
    version: Mapped[int]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    """Who held the device; somebody else than the client means that it was filled in together."""
    name: Mapped[str] = mapped_column(String(80))
    """What clients call this person; empty for the client."""
    lines_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Consent(Base):
    """A client said yes to one purpose, to words of which the digest is kept; perhaps it was stopped later."""

    __tablename__ = "consent"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    language: Mapped[str] = mapped_column(String(5))
    words_digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    given_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stopped_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))


class Share(Base):
    """One thing of a client that the counsellors may read, open or until the end of a day. Without a row it is private."""

    __tablename__ = "share"
    __table_args__ = (UniqueConstraint("client_id", "kind", "item_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"))
    kind: Mapped[str] = mapped_column(String(20))
    item_id: Mapped[UUID]
    """No foreign key: each kind lives in a slice above this one, which ends the share of what it removes."""
    shared_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When its owner shared it, or last wrote in it since: how new it is to who reads it."""
    since_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was shared, of what was written in since; None where `shared_at` says so."""
    fresh: Mapped[int] = mapped_column(default=0)
    """How often it was shared or written in since a counsellor read it, first at `fresh_at`: see `lines.fresh_in`."""
    fresh_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    until: Mapped[date | None]
