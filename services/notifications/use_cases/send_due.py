"""The sender's step: take due letters, check each, hand it to its provider, keep the outcomes.

A letter is checked against its booking and sitting, as known, in the transaction that marks it `attempting`. No
transaction is open while a provider is called. The letters of one step share their transactions, and are as many as go
out in a moment (`IN_DOUBT`): a sender that dies leaves no more in doubt. Those are sent once more with the same key.
A letter that is never sent twice has its call noted first, alone: after a crash it is known whether it may have left.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from services.notifications.domain.alerts import News
from services.notifications.domain.facts import Booking, Sitting
from services.notifications.domain.host_messages import held_back as held_back_words
from services.notifications.domain.invitation import was_invited
from services.notifications.domain.letter import (
    ABOUT_ALERTS,
    NO_WAY,
    NOT_WANTED,
    TOO_LATE,
    Channel,
    Letter,
    LetterKind,
    LetterState,
    is_change,
    is_first,
    is_turn,
    name_of,
    time_told_before,
)
from services.notifications.domain.plan import channel_of, held_back, plan
from services.notifications.domain.rate import Rate
from services.notifications.domain.retry import after, may_repeat
from services.notifications.domain.sending import Accepted, NotNow, Outcome, Outgoing, Refused, Unknown
from services.notifications.domain.taken import Taken
from services.notifications.letters.write import Writer
from services.notifications.providers.provider import Provider
from services.notifications.store import alerts, facts, letters, receipts
from services.notifications.use_cases.host_readers import host_readers
from services.notifications.use_cases.pace import Pace
from services.notifications.use_cases.reach import load_bookings, lost_among, mark_of
from services.notifications.use_cases.still_asked import still_asked
from services.notifications.use_cases.still_news import still_news
from shared.database import is_transient
from shared.gsm7 import size_of
from shared.links import Links
from shared.logs import get_logger, set_correlation
from shared.messaging.service import Service, UnitOfWork

log = get_logger(__name__)

IN_DOUBT = 0.1  # seconds of sending that one step may hold
FIRST, MOST = 5, 60  # letters of one step: to begin with, and at most
HOLD_FOR = 5.0  # seconds that a taken letter may wait for its turn; then it is given back, to be checked anew
PAUSES = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)  # seconds, while the database is away
LONGEST_DETAIL = 60  # characters
RIPE_AFTER = timedelta(seconds=2)  # a letter whose sitting is not known yet is looked at again so soon


class SendDue:
    """Sends what is due. Any number of senders may run: letters are taken with a lock, there is no leader."""

    def __init__(
        self,
        service: Service,
        links: Links,
        writer: Writer,
        providers: Mapping[Channel, Provider],
        limits: Mapping[str, Rate] | None = None,
        *,
        sms_price: Decimal | None = None,
    ) -> None:
        self._service = service
        self._links = links
        self._writer = writer
        self._providers = providers
        self._pace = Pace(providers, limits or {})
        self._sms_price = sms_price or Decimal(0)
        self._at_once = FIRST
        self.pause: float | None = None  # seconds until a letter that was held back may leave

    def step(self, stop: threading.Event | None = None) -> int:
        """Send some due letters. Returns how many are due no longer: sent, given up, or put off. At 0 there is nothing
        to do for now.
        """
        with self._service.work() as work:
            taken, others = take(work, self._links, self._at_once, self._providers, self._pace)
            self.pause = self._pace.pause(work.now)
        if not taken:
            return others
        begun = time.monotonic()
        outcomes: list[tuple[Letter, Outcome]] = []
        for one in taken:
            if (stop and stop.is_set()) or time.monotonic() - begun > HOLD_FOR:
                break
            set_correlation(one.letter.correlation)
            outcomes.append((one.letter, self._send(one)))
        set_correlation(None)
        if outcomes:
            self._until_kept(lambda: self._keep(outcomes))
            in_time = len(outcomes) * IN_DOUBT / max(time.monotonic() - begun, 0.001)
            self._at_once = max(1, min(int(in_time), 2 * self._at_once, MOST))
        self._give_back(taken[len(outcomes) :])
        return len(taken) + others

    def close(self) -> None:
        """Let go of the providers' connections."""
        for provider in self._providers.values():
            provider.close()

    def _send(self, one: Taken) -> Outcome:
        provider = self._providers.get(one.letter.channel)
        if provider is None:
            return Refused(f"no provider for {one.letter.channel}")
        try:
            outgoing = self._writer.compose(one)
        except Exception as error:
            log.exception("A letter cannot be written.", kind=one.letter.kind)
            return Refused(f"it cannot be written: {type(error).__name__}")
        return self._hand_over(one.letter, provider, outgoing)

    def _hand_over(self, letter: Letter, provider: Provider, outgoing: Outgoing) -> Outcome:
        if not may_repeat(letter.kind) and not provider.repeats_safely and not self._note_call(letter):
            return NotNow("another sender has it")
        try:
            return self._counted(provider.send(outgoing), outgoing)
        except Exception as error:  # noqa: BLE001 - whatever a provider does, the sender lives on
            log.warning("A provider raised.", provider=provider.name, error=type(error).__name__)
            return Unknown(type(error).__name__)

    def _counted(self, outcome: Outcome, outgoing: Outgoing) -> Outcome:
        """With what an SMS that was taken is paid as."""
        if not isinstance(outcome, Accepted) or outgoing.channel is not Channel.SMS:
            return outcome
        parts = size_of(outgoing.text).segments
        return replace(outcome, parts=parts, cost=int(parts * self._sms_price * 10_000))

    def _note_call(self, letter: Letter) -> bool:
        with self._service.work() as work:
            return letters.note_call(work.conn, letter, work.now)

    def _keep(self, outcomes: Sequence[tuple[Letter, Outcome]]) -> None:
        with self._service.work() as work:
            kept = [
                (self._after(letter, outcome, work.now), outcome if isinstance(outcome, Accepted) else Accepted())
                for letter, outcome in outcomes
            ]
            letters.keep_outcomes(work.conn, kept, work.now)
            for (letter, outcome), (done, _known) in zip(outcomes, kept, strict=True):
                if done.state is LetterState.FAILED and letters.is_kept(work.conn, done):
                    self._tell_of_address(work, letter, outcome)
        for done, _known in kept:
            say = log.info if done.state is LetterState.SENT else log.warning
            say(
                "A letter was handed over.",
                kind=done.kind,
                channel=done.channel,
                state=done.state,
                reason=done.reason,
                correlation=done.correlation,
            )

    def _tell_of_address(self, work: UnitOfWork, letter: Letter, outcome: Outcome) -> None:
        """A letter that was refused for good has come back: as if somebody brought a receipt, another way is tried."""
        provider = self._providers.get(letter.channel)
        if provider and isinstance(outcome, Refused | NotNow) and outcome.told:
            receipts.add(
                work.conn,
                provider=provider.name,
                ref="",
                name=name_of(letter.key),
                delivery=outcome.told,
                detail=outcome.reason[:LONGEST_DETAIL],
                now=work.now,
            )

    def _after(self, letter: Letter, outcome: Outcome, now: datetime) -> Letter:
        provider = self._providers.get(letter.channel)
        return after(outcome, letter, now, repeats_safely=provider is not None and provider.repeats_safely)

    def _give_back(self, rest: Sequence[Taken]) -> None:
        if rest:
            with self._service.work() as work:
                letters.give_back(work.conn, [one.letter for one in rest])

    def _until_kept(self, deed: Callable[[], None]) -> None:
        """What a provider said must not be forgotten because the database is away for a moment."""
        for pause in PAUSES:
            try:
                return deed()
            except Exception as error:
                if not is_transient(error):
                    raise
                log.warning("The outcomes of letters wait for the database.", error=type(error).__name__)
                time.sleep(pause)
        deed()


def take(
    work: UnitOfWork,
    links: Links,
    at_once: int,
    providers: Mapping[Channel, Provider],
    pace: Pace | None = None,
) -> tuple[list[Taken], int]:
    """Lock due letters, drop what is no longer wanted or too late, mark the others `attempting`, as many as the pace of
    their providers allows. Returns these, and how many were dropped or put off.
    """
    due = letters.take_due(work.conn, work.now, at_once, but=pace.closed(work.now) if pace else ())
    if not due:
        return [], 0
    bookings = load_bookings(work.conn, links, {one.booking for one in due if one.booking})
    sittings = facts.load_sittings(work.conn, {one.sitting for one in due if one.sitting})
    siblings = letters.letters_of(work.conn, list(bookings))
    news = still_news(work.conn, due)
    readers = host_readers(work.conn, links, due)
    calls = still_asked(work.conn, links, due)
    silent = _silent_numbers(work, links, due)
    taken: list[Taken] = []
    dropped: list[Letter] = []
    unripe: list[str] = []
    for letter in due:
        booking = bookings.get(letter.booking or "")
        sitting = sittings.get(letter.sitting or "")
        if letter.sitting and not sitting:
            unripe.append(letter.key)
            continue
        if sitting and (reader := readers.get(letter.key)):
            waits_for_news = reader.words and not reader.booking and reader.awaited and work.now <= letter.latest_at
            if waits_for_news:
                unripe.append(letter.key)
            elif held := held_back_words(letter, reader, sitting, work.now):
                dropped.append(held)
            elif reader.words:
                in_hand = _in_hand(letter, reader.booking, sitting, work.now)
                taken.append(Taken(in_hand, reader.booking, sitting, words=reader.words.words))
            continue
        theirs = news.get(letter.key, ())
        if letter.person:
            verdict = calls.verdict(letter, sitting, work.now)
        else:
            verdict = (
                _given_up(letter, booking, sitting, siblings, work.now)
                or _no_way(letter, booking)
                or _no_longer_news(letter, theirs)
                or _silenced(letter, silent)
            )
        if verdict:
            dropped.append(verdict)
        else:
            in_hand = _in_hand(letter, booking, sitting, work.now)
            in_hand = _by_a_way_that_there_is(in_hand, providers, silent)
            person, asked = calls.person(letter), calls.asks.get(letter.key)
            others = siblings.get(letter.booking or "", ())
            one = Taken(in_hand, booking, sitting, theirs, person=person, asked=asked)
            taken.append(
                replace(
                    one,
                    invited=was_invited(others),
                    first=is_first(letter, others),
                    changed=is_change(letter, others),
                    turn=is_turn(letter, others),
                    was_at=time_told_before(letter, others),
                )
            )
    letters.give_up(work.conn, dropped)
    digests = [one.key for one in due if one.kind is LetterKind.DIGEST and one.key not in unripe]
    alerts.forget_untold(work.conn, {key: {one.alert.thing for one in news.get(key, ())} for key in digests})
    letters.postpone(work.conn, unripe, work.now + RIPE_AFTER)
    if pace:
        taken = _in_pace(work, taken, due, pace)
    names = {channel: provider.name for channel, provider in providers.items()}
    letters.mark_attempting(work.conn, [(one.letter, mark_of(links, one.address)) for one in taken], names)
    return taken, len(dropped) + len(unripe)


def _in_pace(work: UnitOfWork, taken: Sequence[Taken], due: Sequence[Letter], pace: Pace) -> list[Taken]:
    """Those that may leave now; the others stay due, by the channel that they wait for."""
    left = pace.grant(work, Counter(one.letter.channel for one in taken))
    going: list[Taken] = []
    kept_back: list[Letter] = []
    for one in taken:
        if left[one.letter.channel]:
            left[one.letter.channel] -= 1
            going.append(one)
        else:
            kept_back.append(one.letter)
    planned = {one.key: one.channel for one in due}
    letters.reroute(work.conn, [one for one in kept_back if one.channel is not planned[one.key]])
    return going


def _given_up(
    letter: Letter,
    booking: Booking | None,
    sitting: Sitting | None,
    siblings: Mapping[str, Sequence[Letter]],
    now: datetime,
) -> Letter | None:
    """The letter as it stands if it does not leave now (given up, or planned for the morning); None if it does."""
    if booking and sitting:
        changed = {one.key: one for one in plan(booking, sitting, siblings[booking.id], now)}
        after_all = changed.get(letter.key, letter)
        return held_back(letter, booking, sitting, now) if after_all.waits else after_all
    if letter.booking:  # it was purged
        return replace(letter, state=LetterState.DROPPED, reason=NOT_WANTED)
    if now > letter.latest_at or (sitting and now > sitting.starts_at):
        return replace(letter, state=LetterState.DROPPED, reason=TOO_LATE)
    return None


def _no_way(letter: Letter, booking: Booking | None) -> Letter | None:
    """A letter about a booking as given up, if by its channel no letter goes to the guest any more."""
    if booking is None or (_channel(letter, booking) not in booking.lost and channel_of(booking)):
        return None
    return replace(letter, state=LetterState.FAILED, reason=NO_WAY)


def _channel(letter: Letter, booking: Booking | None) -> Channel:
    return (booking and letter.kind is not LetterKind.MORNING and channel_of(booking)) or letter.channel


def _no_longer_news(letter: Letter, news: Sequence[News]) -> Letter | None:
    """A letter about alerts as given up, if none of them still stands as it did."""
    if news or letter.kind not in ABOUT_ALERTS:
        return None
    return replace(letter, state=LetterState.DROPPED, reason=NOT_WANTED)


def _silenced(letter: Letter, silent: Collection[str]) -> Letter | None:
    """A link as given up, if it would go to a number that said STOP."""
    if letter.kind is LetterKind.GUEST_LINK and _number_of(letter) in silent:
        return replace(letter, state=LetterState.FAILED, reason=NO_WAY)
    return None


def _silent_numbers(work: UnitOfWork, links: Links, due: Sequence[Letter]) -> set[str]:
    """The numbers to which no SMS goes, of those in these letters."""
    by_number = ABOUT_ALERTS | {LetterKind.GUEST_LINK}
    numbers = {_number_of(one) for one in due if one.kind in by_number and one.channel is Channel.SMS}
    return lost_among(work.conn, links, numbers) if numbers else set()


def _number_of(letter: Letter) -> str:
    return str(letter.facts.get("phone", ""))


def _by_a_way_that_there_is(letter: Letter, providers: Mapping[Channel, Provider], silent: Collection[str]) -> Letter:
    """An alert goes by e-mail where no SMS can be sent, or may be: staff have an address."""
    if letter.kind in ABOUT_ALERTS and (letter.channel not in providers or _number_of(letter) in silent):
        return replace(letter, channel=Channel.EMAIL)
    return letter


def _in_hand(letter: Letter, booking: Booking | None, sitting: Sitting | None, now: datetime) -> Letter:
    return replace(
        letter,
        state=LetterState.ATTEMPTING,
        taken_at=now,
        called_at=None,
        attempts=letter.attempts + 1,
        channel=_channel(letter, booking),
        starts_at=sitting.starts_at if sitting else None,
    )
