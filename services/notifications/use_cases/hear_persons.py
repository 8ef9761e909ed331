"""Persons were heard of: keep who they are, plan the letters that ask them, and give up those that no longer ask."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from services.notifications.domain.letter import NOT_WANTED, Letter, LetterKind, LetterState
from services.notifications.domain.persons import Asked, Person
from services.notifications.store import facts, letters, persons
from shared.contracts.person import PersonNotice, StandingNews, StandingWhat
from shared.messaging.service import UnitOfWork
from shared.quiet_hours import awake

USEFUL_FOR = timedelta(days=7)
_KINDS = {StandingWhat.PAUSED: LetterKind.USUAL_PAUSED, StandingWhat.NO_PLACE: LetterKind.USUAL_NO_PLACE}


def hear_persons(work: UnitOfWork, notices: Sequence[PersonNotice]) -> None:
    """One letter to each for each call, and for each news of a usual place, whatever is heard again. When a call may
    leave is looked at when it is taken.
    """
    ended = [one.thing for one in notices if one.ended]
    alive = [one for one in notices if not one.ended]
    asked = [_asked(notice, number) for notice in alive for number in range(len(notice.asked))]
    facts.share_sittings(work.conn, {one.sitting for one in asked})
    persons.keep(work.conn, alive)
    persons.keep_asks(work.conn, [one.thing for one in alive], asked)
    known = persons.some(work.conn, [one.thing for one in alive])
    wanted = [_letter(work, known[one.person], one) for one in asked]
    wanted += [_told(work, known[notice.thing], one) for notice in alive for one in notice.news]
    letters.drop_to(work.conn, [one.thing for one in notices], NOT_WANTED, but=[one.key for one in wanted])
    letters.write_once(work.conn, wanted)
    persons.forget(work.conn, ended)


def _asked(notice: PersonNotice, number: int) -> Asked:
    one = notice.asked[number]
    return Asked(
        person=notice.thing,
        sitting=one.sitting,
        call=one.call,
        until=one.until,
        link=one.link,
        short_code=secrets.token_urlsafe(9),
    )


def _letter(work: UnitOfWork, person: Person, asked: Asked) -> Letter:
    return Letter(
        key=asked.key,
        kind=LetterKind.COOK_CALL,
        sitting=asked.sitting,
        person=person.id,
        channel=person.channel,
        state=LetterState.DUE,
        due_at=work.now,
        latest_at=asked.latest_at,
        correlation=work.correlation_of(person.id),
    )


def _told(work: UnitOfWork, person: Person, news: StandingNews) -> Letter:
    """News of a usual place: no solicitation, for they asked for it; but no telephone rings at night."""
    due_at = awake(work.now, news.cantine.zone)
    return Letter(
        key=f"usual:{news.standing}:{news.what}:{news.once_for}",
        kind=_KINDS[news.what],
        person=person.id,
        channel=person.channel,
        state=LetterState.PLANNED if due_at > work.now else LetterState.DUE,
        due_at=due_at,
        latest_at=due_at + USEFUL_FOR,
        correlation=work.correlation_of(person.id),
        facts={
            "cantine": news.cantine.name,
            "phone": news.cantine.phone,
            "email": news.cantine.email,
            "weekday": news.weekday,
            "day": news.day.isoformat() if news.day else "",
            "link": news.link,
        },
    )
