"""Letters: written down, taken to be sent, their outcome kept."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row, bindparam

from services.notifications.domain.letter import (
    BACK_TO_TEXTS,
    NO_WAY,
    NOT_WANTED,
    SECRETS,
    WAITING,
    Channel,
    Letter,
    LetterKind,
    LetterState,
    name_of,
)
from services.notifications.domain.retry import LONGEST_PAUSE
from services.notifications.domain.sending import Accepted
from services.notifications.store.tables import letter
from shared.clock import APART
from shared.keeping import OneOf, keep_rows
from shared.kept import words_of

_NAMES = (
    "key",
    "kind",
    "booking",
    "sitting",
    "person",
    "channel",
    "state",
    "due_at",
    "latest_at",
    "reason",
    "attempts",
    "starts_at",
    "taken_at",
    "called_at",
    "correlation",
    "again_of",
    "asked_by",
    "facts",
)
_OPEN = (*WAITING, LetterState.DROPPED, LetterState.FAILED)
_HANDED_OVER = (LetterState.ATTEMPTING, LetterState.DUE, LetterState.FAILED)

_ALL = sa.select(*(letter.c[name] for name in _NAMES)).where(letter.c.kind.in_(words_of(LetterKind)))
_OF = _ALL.where(OneOf(letter.c.booking, "bookings"))
_OF_LOCKED = _OF.order_by(letter.c.key).with_for_update()

# Made once: a sender executes them for each few letters.
_MARK = (
    sa.update(letter)
    .where(letter.c.key == bindparam("one"))
    .values(
        state=LetterState.ATTEMPTING,
        taken_at=bindparam("taken"),
        called_at=None,
        attempts=letter.c.attempts + 1,
        starts_at=bindparam("starts"),
        channel=bindparam("by"),
        provider=bindparam("through"),
        provider_ref=bindparam("name"),
        addressee=bindparam("to"),
    )
)
_KEEP = (
    sa.update(letter)
    .where(
        letter.c.key == bindparam("one"),
        letter.c.taken_at == bindparam("taken"),
        sa.or_(*(letter.c.state == state for state in _HANDED_OVER)),
    )
    .values(
        state=bindparam("becomes"),
        due_at=bindparam("due"),
        reason=bindparam("because"),
        sent_at=bindparam("sent"),
        provider=sa.func.coalesce(bindparam("through"), letter.c.provider),
        provider_ref=sa.func.coalesce(bindparam("ref"), letter.c.provider_ref),
        parts=letter.c.parts + bindparam("paid"),
        cost=letter.c.cost + bindparam("price"),
    )
)


def all_columns() -> sa.Select[Any]:
    """A query for letters, to be narrowed; each row is for `read_letter`."""
    return _ALL


def letters_of(conn: Connection, bookings: Collection[str]) -> dict[str, list[Letter]]:
    """All letters of some bookings, by booking."""
    return _by_booking(bookings, conn.execute(_OF, {"bookings": list(bookings)}))


def lock_letters_of(conn: Connection, bookings: Collection[str]) -> dict[str, list[Letter]]:
    """All letters of some bookings, by booking, locked in ascending order: none is in the middle of being taken."""
    return _by_booking(bookings, conn.execute(_OF_LOCKED, {"bookings": list(bookings)}))


def returned_from(conn: Connection, marks: Collection[str]) -> list[Letter]:
    """The letters that came back from the addresses for which these marks stand."""
    back = letter.c.state == LetterState.RETURNED, letter.c.addressee.in_(marks)
    return [read_letter(row) for row in conn.execute(_ALL.where(*back).order_by(letter.c.key))]


def words_without_way(conn: Connection, sittings: Collection[str], now: datetime) -> list[Letter]:
    """The letters with hosts' words about these meals, still useful, whose readers could not be reached."""
    no_way = letter.c.state == LetterState.FAILED, letter.c.reason == NO_WAY, letter.c.latest_at >= now
    theirs = _ALL.where(letter.c.kind == LetterKind.HOST_MESSAGE, letter.c.sitting.in_(sittings), *no_way)
    return [read_letter(row) for row in conn.execute(theirs.order_by(letter.c.key))]


def lock_with(conn: Connection, keys: Collection[str]) -> list[Letter]:
    """The letters with these keys, locked in ascending order."""
    mine = _ALL.where(letter.c.key.in_(keys)).order_by(letter.c.key).with_for_update()
    return [read_letter(row) for row in conn.execute(mine)] if keys else []


def letters_to(conn: Connection, persons: Collection[str]) -> dict[str, list[Letter]]:
    """All letters to some persons, by person."""
    found: dict[str, list[Letter]] = {person: [] for person in persons}
    for row in conn.execute(_ALL.where(letter.c.person.in_(persons)).order_by(letter.c.key)):
        found[row.person].append(read_letter(row))
    return found


def write(conn: Connection, letters: Iterable[Letter]) -> None:
    """Write down new letters, and what was replanned of those that wait or were given up; others are left alone."""
    keep_rows(
        conn,
        letter,
        _rows(letters),
        changes=("channel", "state", "due_at", "latest_at", "reason"),
        where=_is_open,
    )


def _is_open(old: Any, _new: Any) -> sa.ColumnElement[bool]:
    return sa.or_(*(old.state == state for state in _OPEN))  # an IN cannot be repeated on SQLite


def write_unless_told(conn: Connection, letters: Iterable[Letter]) -> None:
    """Write down letters; one that was dropped because its cause had gone is planned anew, for the cause is back."""
    changes = ("channel", "state", "due_at", "latest_at", "reason", "facts")
    keep_rows(conn, letter, _rows(letters), changes=changes, where=_had_lost_its_cause)


def _had_lost_its_cause(old: Any, _new: Any) -> sa.ColumnElement[bool]:
    return sa.and_(old.state == LetterState.DROPPED, old.reason == NOT_WANTED)


def write_once(conn: Connection, letters: Iterable[Letter]) -> None:
    """Write down letters that were not known yet; one that was is left as it is."""
    keep_rows(conn, letter, _rows(letters))


def drop_to(conn: Connection, persons: Collection[str], reason: str, *, but: Collection[str] = ()) -> None:
    """Give up the letters to some persons that still wait, but for these keys."""
    waiting = letter.c.person.in_(persons), letter.c.state.in_(WAITING), letter.c.key.not_in(but)
    ids = sa.select(letter.c.key).where(*waiting).order_by(letter.c.key).with_for_update()
    gone = letter.c.key.in_(list(conn.scalars(ids)))
    conn.execute(sa.update(letter).where(gone).values(state=LetterState.DROPPED, reason=reason))


def lock_waiting(conn: Connection, keys: Collection[str]) -> set[str]:
    """Lock these letters, in ascending order: none is in the middle of being taken. The keys of those that wait."""
    query = sa.select(letter.c.key, letter.c.state).where(letter.c.key.in_(keys)).order_by(letter.c.key)
    return {row.key for row in conn.execute(query.with_for_update()) if row.state in WAITING}


def drop_waiting(conn: Connection, key: str, reason: str) -> None:
    """A letter that has not been taken yet is no longer needed."""
    waits = letter.c.key == key, letter.c.state.in_(WAITING)
    conn.execute(sa.update(letter).where(*waits).values(state=LetterState.DROPPED, reason=reason))


def drop_waiting_of(conn: Connection, prefix: str, reason: str) -> None:
    """Letters whose keys begin so, and which have not been taken yet, are no longer needed."""
    waits = letter.c.key.startswith(prefix, autoescape=True), letter.c.state.in_(WAITING)
    keys = list(conn.scalars(sa.select(letter.c.key).where(*waits).order_by(letter.c.key).with_for_update()))
    conn.execute(sa.update(letter).where(letter.c.key.in_(keys)).values(state=LetterState.DROPPED, reason=reason))


def ring(conn: Connection, now: datetime) -> int:
    """Planned letters whose time has come are due; one that is locked has its turn next time. Returns how many."""
    ripe = (
        sa.select(letter.c.key)
        .where(letter.c.state == LetterState.PLANNED, letter.c.due_at <= now)
        .with_for_update(skip_locked=True)  # waiting for one while holding others could be a deadlock
    )
    return conn.execute(sa.update(letter).where(letter.c.key.in_(ripe)).values(state=LetterState.DUE)).rowcount


def take_due(conn: Connection, now: datetime, limit: int, *, but: Collection[Channel] = ()) -> list[Letter]:
    """Lock up to `limit` due letters, oldest first, `but` for these channels; those that another sender has locked are
    skipped.

    What a worker has just written is due, also if its clock is a little ahead. No due letter waits longer than the
    longest pause: one that seems to was written before the clock was put back.
    """
    times = {"now": now + APART, "too_far": now + LONGEST_PAUSE + APART, "limit": limit}
    return [read_letter(row) for row in conn.execute(_taking(tuple(sorted(but))), times)]


@lru_cache
def _taking(but: tuple[Channel, ...]) -> sa.Select[Any]:
    now, too_far = (sa.bindparam(name, type_=letter.c.due_at.type) for name in ("now", "too_far"))
    return (
        _ALL.where(letter.c.state == LetterState.DUE, sa.or_(letter.c.due_at <= now, letter.c.due_at > too_far))
        .where(*(letter.c.channel != one for one in but))
        .order_by(letter.c.due_at, letter.c.key)
        .limit(sa.bindparam("limit", type_=sa.Integer))
        .with_for_update(skip_locked=True)
    )


def mark_attempting(
    conn: Connection, taken: Sequence[tuple[Letter, str | None]], providers: Mapping[Channel, str]
) -> None:
    """These letters are in the hands of one sender, with the meal's start that they will tell of, and what stands for
    where they go.
    """
    if taken:
        conn.execute(
            _MARK,
            [
                {
                    "one": one.key,
                    "taken": one.taken_at,
                    "starts": one.starts_at,
                    "by": one.channel,
                    "through": providers.get(one.channel),
                    "name": name_of(one.key),
                    "to": mark,
                }
                for one, mark in taken
            ],
        )


def reroute(conn: Connection, letters: Sequence[Letter]) -> None:
    """These letters will leave by another channel than was thought when they were planned."""
    for one in letters:
        conn.execute(sa.update(letter).where(letter.c.key == one.key).values(channel=one.channel))


def postpone(conn: Connection, keys: Collection[str], until: datetime) -> None:
    """These letters are not ripe yet."""
    if keys:
        conn.execute(sa.update(letter).where(letter.c.key.in_(keys)).values(due_at=until))


def note_call(conn: Connection, one: Letter, now: datetime) -> bool:
    """From now on the provider may have this letter. False if it is no longer in this sender's hands."""
    return bool(conn.execute(sa.update(letter).where(*_in_hands(one)).values(called_at=now)).rowcount)


def give_back(conn: Connection, letters: Sequence[Letter]) -> None:
    """Letters that were taken, but not handed to the provider, are due again."""
    for one in sorted(letters, key=lambda one: one.key):  # as all who wait for locks on letters
        conn.execute(
            sa.update(letter)
            .where(*_in_hands(one), letter.c.called_at.is_(None))
            .values(state=LetterState.DUE, attempts=letter.c.attempts - 1)
        )


def keep_outcomes(conn: Connection, outcomes: Sequence[tuple[Letter, Accepted]], now: datetime) -> None:
    """What became of letters as they were taken, each with the provider's name for it, if it has one; also of one that
    was thought lost meanwhile.
    """
    conn.execute(
        _KEEP,
        [
            {
                "one": one.key,
                "taken": one.taken_at,
                "becomes": one.state,
                "due": one.due_at,
                "because": one.reason,
                "sent": now if one.state is LetterState.SENT else None,
                "through": known.by or None,
                "ref": known.ref[:200] or None,
                "paid": known.parts,
                "price": known.cost,
            }
            for one, known in sorted(outcomes, key=lambda outcome: outcome[0].key)
        ],
    )
    forget_secrets(conn, [one for one, _known in outcomes if not one.waits])


def is_kept(conn: Connection, one: Letter) -> bool:
    """Whether a letter stands as its sender said: not if another sender has taken it since."""
    mine = letter.c.key == one.key, letter.c.taken_at == one.taken_at, letter.c.state == one.state
    return conn.scalar(sa.select(letter.c.key).where(*mine)) is not None


def give_up(conn: Connection, letters: Sequence[Letter]) -> None:
    """Write down letters that do not leave now; what is secret in those that never will is forgotten."""
    write(conn, letters)
    forget_secrets(conn, [one for one in letters if not one.waits])


def forget_secrets(conn: Connection, done: Iterable[Letter]) -> None:
    """Of these letters, with which nothing is done any more, forget links that open a page, and to whom they went."""
    secrets = [one.key for one in done if one.kind in SECRETS | BACK_TO_TEXTS]
    if secrets:
        conn.execute(sa.update(letter).where(letter.c.key.in_(secrets)).values(facts={}))


def lock_stale(conn: Connection, now: datetime, after: timedelta) -> list[tuple[Letter, str | None]]:
    """Lock the letters that a sender took so long ago and never spoke of again, each with its provider's name.

    Or took as far ahead of now: then the clock was put back since, and nobody knows how long ago that is.
    """
    begun = sa.func.coalesce(letter.c.called_at, letter.c.taken_at)
    since, until = (sa.bindparam(None, at, letter.c.taken_at.type) for at in (now - after, now + after))
    rows = conn.execute(
        _ALL.add_columns(letter.c.provider)
        .where(letter.c.state == LetterState.ATTEMPTING, sa.or_(begun < since, begun > until))
        .order_by(letter.c.key)
        .with_for_update(skip_locked=True)
    ).all()
    return [(read_letter(row), row.provider) for row in rows]


def failures(conn: Connection, limit: int) -> list[Letter]:
    """The letters that failed, latest first: for the operator."""
    query = _ALL.where(letter.c.state == LetterState.FAILED).order_by(letter.c.due_at.desc()).limit(limit)
    return [read_letter(row) for row in conn.execute(query)]


def _in_hands(one: Letter) -> tuple[sa.ColumnElement[bool], ...]:
    """The letter, if it is still in the hands of the sender that took it."""
    return letter.c.key == one.key, letter.c.state == LetterState.ATTEMPTING, letter.c.taken_at == one.taken_at


def _by_booking(bookings: Collection[str], rows: Iterable[Row[Any]]) -> dict[str, list[Letter]]:
    found: dict[str, list[Letter]] = {booking: [] for booking in bookings}
    for row in rows:
        found[row.booking].append(read_letter(row))
    return found


def _rows(letters: Iterable[Letter]) -> list[dict[str, object]]:
    return sorted((_row(one) for one in letters), key=lambda row: str(row["key"]))


def _row(one: Letter) -> dict[str, object]:
    return {name: getattr(one, name) for name in _NAMES} | {"facts": dict(one.facts)}


def read_letter(row: Row[Any]) -> Letter:
    """A row as a letter."""
    values = row._mapping
    return Letter(
        **{name: values[name] for name in _NAMES if name not in ("kind", "state", "channel")},
        kind=LetterKind(row.kind),
        state=LetterState(row.state),
        channel=Channel(row.channel),
    )
