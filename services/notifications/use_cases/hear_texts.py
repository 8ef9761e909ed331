"""Text messages that came in are handled, one by one, in the order in which each number sent them.

What can be understood is done, by telling booking; all else is for the coordinators to read. What goes back is little:
a guest hears of a cancellation, say, by the letter that tells of it anyway.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from services.notifications.domain.answers import Question, decide, is_over, of_booking, of_call, told_instead
from services.notifications.domain.contacts import said_stop
from services.notifications.domain.facts import Booking, Sitting
from services.notifications.domain.letter import TOLD, Channel, Letter, LetterKind, LetterState
from services.notifications.domain.meaning import Meaning, Word, meaning_of
from services.notifications.domain.persons import Person
from services.notifications.domain.texts import A_DAY, USEFUL_FOR, TextFate, TextIn, may_reply
from services.notifications.store import facts, letters, persons, replies, texts
from services.notifications.use_cases.reach import change_contact, lost_among
from services.notifications.use_cases.reach_again import write_again_to
from services.notifications.use_cases.say_replies import say_reply
from shared.contracts.reply import GuestAnswer, GuestReply
from shared.database import is_transient
from shared.languages import DEFAULT
from shared.links import Links
from shared.logs import correlation, get_logger
from shared.messaging.service import Service, UnitOfWork

log = get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who has the number that a text came from: their bookings, and what they can answer; of which meals their booking
    is `over`, the soonest first. `last` is the letter that was sent there last.
    """

    bookings: Mapping[str, Booking]
    persons: Mapping[str, Person]
    sittings: Mapping[str, Sitting]
    questions: Sequence[Question]
    over: Sequence[Sitting]
    last: Letter | None

    @property
    def known(self) -> bool:
        """Whether anybody has this number."""
        return bool(self.bookings or self.persons)

    @property
    def names(self) -> set[str]:
        """The names of whoever has this number."""
        names = {one.name for one in self.bookings.values()} | {one.name for one in self.persons.values()}
        return {name for name in names if name}

    @property
    def someone(self) -> Booking | Person | None:
        """Whose name and language are used: those of who was written to last, or of anybody."""
        they: list[Booking | Person] = [*self.bookings.values(), *self.persons.values()]
        written_to = {self.last.booking, self.last.person} if self.last else set()
        return next((one for one in they if one.id in written_to), they[0] if they else None)

    @property
    def sitting(self) -> Sitting | None:
        """The meal that they were last written to about, or another that they booked."""
        theirs = (one.sitting for one in self.bookings.values())
        ids = [self.last.sitting or ""] if self.last else []
        return next((self.sittings[id] for id in [*ids, *theirs] if id in self.sittings), None)


def hear_texts(service: Service, links: Links) -> int:
    """Handle all texts that wait. One that cannot be is read by a person. Returns how many were handled."""
    handled = 0
    while True:
        text: TextIn | None = None
        try:
            with service.work() as work:
                text = texts.take(work.conn)
                if text is None:
                    return handled
                _handle(work, links, text)
        except Exception as error:
            if text is None or is_transient(error):
                raise
            log.exception("A text could not be handled: it is left to be read.", error=type(error).__name__)
            with service.work() as work:
                texts.settle(work.conn, text.number, TextFate.UNCLEAR, work.now)
        service.bell.ring()
        handled += 1


def _handle(work: UnitOfWork, links: Links, text: TextIn) -> None:
    sender = _sender(work, text)
    meaning = meaning_of(text.text, sender.names)
    if meaning.word is Word.STOP:
        fate, reply = TextFate.STOPPED, _stop(work, links, text, sender)
    elif meaning.word is Word.START:
        started = write_again_to(work, links, text.phone)
        fate, reply = TextFate.STARTED, _letter(text, LetterKind.TEXT_STARTED, sender) if started else None
    elif meaning.word is Word.THANKS:
        fate, reply = TextFate.THANKS, None
    else:
        fate, reply = _answer(work, text, sender, meaning)
    if reply and reply.kind is not LetterKind.TEXT_STOPPED and lost_among(work.conn, links, [text.phone]):
        reply = None
    sent_today = texts.replies_since(work.conn, text.phone, work.now - A_DAY)
    if reply and not (sender.known and may_reply(reply.kind, sent_today)):
        reply = None
        fate = TextFate.UNCLEAR if fate is TextFate.ASKED_BACK else fate
    letters.write_once(work.conn, [replace(reply, correlation=correlation())] if reply else [])
    someone, sitting = sender.someone, sender.sitting
    texts.settle(
        work.conn,
        text.number,
        fate,
        work.now,
        reply=reply.kind.value if reply else None,
        name=someone.name if someone else None,
        sitting=sitting.id if sitting else None,
        cantine=sitting.cantine.slug if sitting else None,
    )
    log.info("A text was handled.", fate=fate)


def _sender(work: UnitOfWork, text: TextIn) -> Sender:
    conn = work.conn
    bookings = facts.bookings_with(conn, text.phone)
    people = persons.with_phone(conn, text.phone)
    asks = persons.asks_of(conn, people)
    sittings = facts.load_sittings(
        conn, {one.sitting for one in bookings.values()} | {one.sitting for one in asks.values()}
    )
    written, called = letters.letters_of(conn, list(bookings)), letters.letters_to(conn, list(people))
    said = replies.of_bookings(conn, list(bookings))
    questions = [
        of_booking(one, sittings[one.sitting], written[id], said[id], work.now)
        for id, one in bookings.items()
        if one.sitting in sittings
    ]
    questions += [
        of_call(one, sittings[one.sitting], called[one.person], work.now)
        for one in asks.values()
        if one.sitting in sittings
    ]
    known = [(one, sittings[one.sitting]) for one in bookings.values() if one.sitting in sittings]
    over = [sitting for one, sitting in known if is_over(one, sitting, work.now)]
    left = [
        one
        for theirs in (*written.values(), *called.values())
        for one in theirs
        if one.state in TOLD and one.channel is Channel.SMS
    ]
    return Sender(
        bookings=bookings,
        persons=people,
        sittings=sittings,
        questions=[one for one in questions if one],
        over=sorted(over, key=lambda one: one.starts_at),
        last=max(left, key=lambda one: one.taken_at or one.due_at, default=None),
    )


def _stop(work: UnitOfWork, links: Links, text: TextIn, sender: Sender) -> Letter | None:
    """No more SMS to that number, and no more calls to whoever has it."""
    stopped = change_contact(work, links, text.phone, lambda one: said_stop(one, work.now))
    for person in sender.persons:
        reply = GuestReply(
            thing=f"{text.key[:40]}-{person}",
            revision=text.revision,
            answer=GuestAnswer.NO_MORE_CALLS,
            said_at=text.received_at,
            person=person,
        )
        say_reply(work, reply, sitting=None)
    return _letter(text, LetterKind.TEXT_STOPPED, sender) if stopped else None


def _answer(work: UnitOfWork, text: TextIn, sender: Sender, meaning: Meaning) -> tuple[TextFate, Letter | None]:
    decision = decide(meaning, sender.questions, texts.choice_of(work.conn, text.phone), work.now)
    if decision.question and decision.answer:
        question = decision.question
        reply = GuestReply(
            thing=text.key,
            revision=text.revision,
            answer=decision.answer,
            said_at=text.received_at,
            booking=question.booking,
            person=question.person,
            sitting=question.sitting.id if question.person else None,
        )
        say_reply(work, reply, sitting=question.sitting.id)
        texts.keep_choice(work.conn, text.phone, None)
        return TextFate.ANSWERED, None
    if decision.choice:
        texts.keep_choice(work.conn, text.phone, decision.choice)
        return TextFate.ASKED_BACK, _letter(text, LetterKind.TEXT_WHICH, sender, options=_options(decision.among))
    return _nothing(text, sender, meaning)


def _nothing(text: TextIn, sender: Sender, meaning: Meaning) -> tuple[TextFate, Letter | None]:
    """Nothing is done. A person reads it, but for the wish to cancel what is cancelled."""
    kind = told_instead(meaning, sender.questions, over=bool(sender.over)) or LetterKind.TEXT_PASSED_ON
    if kind not in {LetterKind.TEXT_CANCELLED, LetterKind.TEXT_NO_PLACE}:
        return TextFate.UNCLEAR, _letter(text, kind, sender)
    meal = next((one for one in sender.over if one == sender.sitting), sender.over[0])
    reply = _letter(text, kind, sender, day=meal.date.isoformat(), time=f"{meal.meal_starts:%H:%M}")
    return TextFate.ANSWERED if kind is LetterKind.TEXT_CANCELLED else TextFate.UNCLEAR, reply


def _options(questions: Sequence[Question]) -> str:
    """What can be chosen, for the letter that asks back."""
    return ";".join(f"{one.sitting.date.isoformat()} {one.sitting.meal_starts:%H:%M} {one.people}" for one in questions)


def _letter(text: TextIn, kind: LetterKind, sender: Sender, **more: str) -> Letter:
    someone, sitting = sender.someone, sender.sitting
    return Letter(
        key=f"{kind}:{text.key[:40]}",
        kind=kind,
        channel=Channel.SMS,
        state=LetterState.DUE,
        due_at=text.received_at,
        latest_at=text.received_at + USEFUL_FOR,
        facts={
            "phone": text.phone,
            "language": someone.language if someone else DEFAULT,
            "cantine": sitting.cantine.name if sitting else "",
            **more,
        },
    )
