"""What became of a booking: from the wish, and the last answer that capacity gave."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.booking.domain.booking import Answer, Booking, with_party
from services.booking.domain.contact import Contact
from services.booking.domain.sittings import has_begun
from shared.contracts.booking import BookingStatus
from shared.contracts.party import NOBODY, Party
from shared.contracts.seats import Offer, SeatsAnswer, Standing, Why
from shared.contracts.sitting import SittingNotice, SittingStatus
from shared.languages import DEFAULT

PATIENCE = timedelta(minutes=5)  # an answer usually takes a second; who waits so long hears that the wish has come
_WITHOUT_A_SEAT = {Standing.WAITLISTED: BookingStatus.WAITLISTED, Standing.OFFERED: BookingStatus.OFFERED}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a booking stands for its guest.

    `party` are the people who come (confirmed) or who wish to. `checking` means that capacity has not yet answered the
    present wish: nobody is told anything meanwhile, and a confirmed party stays confirmed. `waiting` means that it
    stands in the waiting list, for the whole party or (if confirmed) for a larger one. `offer` is there while places
    are kept for it. `meals_left` their partner still has in the month, where these were too few.
    """

    status: BookingStatus
    party: Party
    why: Why | None = None
    checking: bool = False
    waiting: bool = False
    offer: Offer | None = None
    meals_left: int | None = None

    @property
    def words(self) -> str:
        """What the guest is told, in words to compare with."""
        counts = f"{self.party.cooks} {self.party.eaters} {self.party.children}"
        return f"{self.status} {counts} {self.why or ''} {self.offer.id if self.offer else ''}".rstrip()


def outcome(booking: Booking) -> Outcome:
    """What became of a booking."""
    answer = booking.answer
    if booking.cancelled_at is not None:
        return Outcome(status=BookingStatus.CANCELLED, party=booking.party)
    if answer is None:
        return Outcome(status=BookingStatus.REQUESTED, party=booking.party, checking=True)
    checking = answer.answers < booking.revision
    if answer.standing is Standing.HELD:
        return Outcome(
            status=BookingStatus.CONFIRMED,
            party=answer.held,
            why=None if checking else answer.why,
            meals_left=answer.meals_left,
            checking=checking,
            waiting=not checking and answer.why is None and answer.wished != answer.held,
        )
    if checking:
        return Outcome(status=BookingStatus.REQUESTED, party=booking.party, checking=True)
    waiting = answer.standing is Standing.WAITLISTED
    status = _WITHOUT_A_SEAT.get(answer.standing, BookingStatus.REFUSED)
    return Outcome(
        status=status,
        party=booking.party,
        why=answer.why,
        waiting=waiting,
        offer=answer.offer,
        meals_left=answer.meals_left,
    )


def stands(became: Outcome, sitting: SittingNotice | None, now: datetime) -> bool:
    """Whether a party has a place, or may get one, at a meal to come: then it can be changed, or given up."""
    called_off = sitting is not None and sitting.status is SittingStatus.CANCELLED
    gone = became.status in {BookingStatus.CANCELLED, BookingStatus.REFUSED}
    return not (gone or called_off or has_begun(sitting, now))


def stays_without_proxy(booking: Booking) -> bool:
    """Whether a booking stays the guest's if the proxy who is reached for them is forgotten: a place that they have.
    Who but waits for one, and is reached by nobody, would not hear of it.
    """
    reached = booking.proxy is not None and booking.proxy.reached
    return reached and outcome(booking).status is BookingStatus.CONFIRMED


def as_told(booking: Booking) -> Outcome:
    """What notifications hears of a booking: while a new wish is checked, a confirmed one stays as it was answered."""
    now = outcome(booking)
    if now.checking and now.status is BookingStatus.CONFIRMED and booking.answer is not None:
        return replace(now, why=booking.answer.why)
    return now


def hear(booking: Booking, heard: SeatsAnswer, now: datetime) -> Booking:
    """The booking with an answer kept, unless a later one is kept already.

    An answer to a later wish than ours means that our database was put back to an older copy: the wish is taken from
    the answer. Where a change of a confirmed party was not made, the wish is again what is held.
    """
    if _is_outdated(booking.answer, heard):
        return booking
    booking = replace(booking, answer=_answer(heard))
    if booking.cancelled_at is not None:
        return replace(booking, revision=max(booking.revision, heard.answers))
    if heard.answers < booking.revision:
        return booking
    if heard.answers > booking.revision:
        booking = with_party(booking, _people(heard, booking.party))
        booking = replace(booking, revision=heard.answers, asked_at=heard.asked_at)
    if heard.standing is Standing.RELEASED:
        return replace(booking, cancelled_at=now)
    if heard.standing is Standing.HELD and heard.why is not None:
        return with_party(booking, heard.held)
    return booking


def _is_outdated(kept: Answer | None, heard: SeatsAnswer) -> bool:
    """Whether a later answer is kept already, or one to a later wish: a capacity that was put back to an older copy
    does not unsay what it has forgotten.
    """
    return kept is not None and (heard.revision <= kept.revision or heard.answers < kept.answers)


def adopt(heard: SeatsAnswer, now: datetime) -> Booking:
    """A booking that capacity knows and we have lost, as the answer shows it: its guest keeps seats and link."""
    lost = Booking(
        id=heard.thing,
        sitting=heard.sitting,
        contact=Contact(name=None, email=None, phone=None, language=DEFAULT),
        party=_people(heard, NOBODY),
        asked_at=heard.asked_at,
        created_at=now,
        revision=heard.answers,
        notice_revision=0,
        news=0,
    )
    return hear(lost, heard, now)


def tell(booking: Booking, revision: int) -> Booking:
    """The booking as notifications should hear of it now, under this notice revision; as it was while it is checked.

    It is news if its guest should be told something else than last time.
    """
    now = outcome(booking)
    told_for_ever = booking.cancelled_at is not None and now.words == booking.told
    if now.checking or told_for_ever:
        return booking
    news = booking.news if now.words == booking.told else revision
    return replace(booking, told=now.words, notice_revision=revision, news=news)


def ask_patience(booking: Booking, revision: int) -> Booking:
    """The booking as told, under this notice revision, that its answer takes a while: once, before anything else."""
    now = outcome(booking)
    if booking.told or now.status is not BookingStatus.REQUESTED:
        return booking
    return replace(booking, told=now.words, notice_revision=revision, news=revision)


def is_asked_for_patience(booking: Booking) -> bool:
    """Whether its guest was told that the answer takes a while, and nothing else since."""
    return booking.told.startswith(BookingStatus.REQUESTED) and outcome(booking).status is BookingStatus.REQUESTED


def _answer(heard: SeatsAnswer) -> Answer:
    return Answer(
        revision=heard.revision,
        answers=heard.answers,
        standing=heard.standing,
        held=heard.held,
        wished=heard.wished,
        why=heard.why,
        offer=heard.offer,
        meals_left=heard.meals_left,
    )


def _people(heard: SeatsAnswer, otherwise: Party) -> Party:
    """The people whom an answer names, if it names any."""
    return next((party for party in (heard.wished, heard.held) if party != NOBODY), otherwise)
