"""Capacity seeks cooks: people who agreed to it are asked, and capacity hears how many replied."""

from collections.abc import Sequence
from datetime import timedelta

from services.booking.domain.cook_calls import MOST_ASKED, REST, Ask, CalledFor
from services.booking.store import cook_calls, persons
from services.booking.use_cases.persons import say_persons
from services.booking.use_cases.say_replies import say_replies
from services.booking.use_cases.voice import Voice
from shared.contracts.cook_call import CookCall
from shared.messaging.service import Service, UnitOfWork

KEPT = timedelta(days=90)  # after its end
PART = 200  # calls in one transaction


def hear_cook_calls(work: UnitOfWork, voice: Voice, messages: Sequence[CookCall]) -> None:
    """Keep how many are sought. A new call asks people; of one that has changed, whoever was asked hears, and of one
    that is over nobody is written to any more.
    """
    known = cook_calls.lock(work.conn, [one.thing for one in messages])
    for message in sorted(messages, key=lambda one: one.thing):
        before = known.get(message.thing)
        call = CalledFor(
            sitting=message.thing,
            call=message.call,
            cantine=message.cantine,
            sought=message.sought,
            until=message.until,
            told=before.told if before else 0,
        )
        waiting = cook_calls.asked_by(work.conn, before) if before else []
        cook_calls.keep(work.conn, [call])
        if before is None or before.call != call.call:
            waiting = sorted({*waiting, *_ask(work, call)})
        say_persons(work, voice, list(persons.lock(work.conn, waiting).values()))
        say_replies(work, [call.sitting])


def forget_old_calls(service: Service) -> int:
    """Forget who was asked, some months after the end of a call. Returns how many calls were forgotten."""
    forgotten = 0
    while True:
        with service.work() as work:
            gone = cook_calls.forget_before(work.conn, work.now - KEPT, PART)
        forgotten += gone
        if gone < PART:
            return forgotten


def _ask(work: UnitOfWork, call: CalledFor) -> list[str]:
    """Ask people for a call. Returns whom."""
    if not call.is_open(work.now):
        return []
    rested = work.now - REST
    chosen = cook_calls.lock_rested(work.conn, cook_calls.longest_unasked(work.conn, call, rested, MOST_ASKED), rested)
    cook_calls.add(work.conn, [Ask(sitting=call.sitting, person=one, call=call.call, at=work.now) for one in chosen])
    persons.note_asked(work.conn, chosen, work.now)
    return chosen
