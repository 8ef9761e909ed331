"""A booking: one party at one sitting, what its guest wishes, and the last answer that capacity gave."""

from dataclasses import dataclass, replace
from datetime import datetime

from services.booking.domain.company import ALONE, Company
from services.booking.domain.contact import Contact
from services.booking.domain.errors import AlreadyCancelled
from services.booking.domain.parties import grows
from services.booking.domain.preferences import USUAL, Preferences
from services.booking.domain.proxy import Proxy
from services.booking.domain.wish import Wish
from shared.contracts.booking import Attended, Origin
from shared.contracts.party import NOBODY, Party
from shared.contracts.seats import KeptAnswer, Offer, OfferReply, Standing, Why


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What capacity holds for a booking. `revision` is capacity's; `answers` is the wish that it applied."""

    revision: int
    answers: int
    standing: Standing
    held: Party
    wished: Party
    why: Why | None
    offer: Offer | None = None
    meals_left: int | None = None


@dataclass(frozen=True, kw_only=True)
class Booking:
    """One party at one sitting.

    `revision` counts the wishes (said to capacity), `notice_revision` what is said to notifications: were they one,
    hearing an answer would raise the wish above its answer for ever. `party` is the wish. `asked_at` is its place in
    the line, `changed_at` when its guest last changed it or cancelled. `booked_by` is who of the staff booked it for
    them, a `proxy` is who else did; `origin` says how it came about. A `newcomer` comes for the first time, and with
    the `partner` (by id) if there is one. `reply` is what its guest said to the last offer of places for this party,
    `coming_for` the start of the meal (UTC) to which they said that they come. `told` is what the guest was last told,
    in words to compare with, and `news` the notice revision of it. `late_by` is how many minutes after the others they
    said they come. `company` is what was told of who comes along. `attended` is what notifications was told after the
    meal, if its guest wished for a word about it. `membership` says that its guest is a member of the association, or
    would like to be. Of one that is `erased` it is known no more whose it was, nor how
    they are reached; a guest who keeps the place that a proxy asked for them keeps the name.
    """

    id: str
    sitting: str
    contact: Contact
    party: Party
    asked_at: datetime
    created_at: datetime
    cancelled_at: datetime | None = None
    changed_at: datetime | None = None
    booked_by: str | None = None
    origin: Origin = Origin.GUEST
    newcomer: bool = False
    partner: str | None = None
    proxy: Proxy | None = None
    revision: int
    notice_revision: int
    news: int
    told: str = ""
    answer: Answer | None = None
    reply: OfferReply | None = None
    preferences: Preferences = USUAL
    late_by: int | None = None
    coming_for: datetime | None = None
    company: Company = ALONE
    attended: Attended | None = None
    membership: bool = False
    erased: bool = False

    @property
    def contact_to_tell(self) -> Contact:
        """The contact as notifications hears it, which needs no name of whom it cannot write to any more."""
        return replace(self.contact, name=None) if self.erased else self.contact

    @property
    def wish(self) -> Party:
        """Whom seats are wished for: nobody once the booking is cancelled."""
        return self.party if self.cancelled_at is None else NOBODY

    @property
    def kept_answer(self) -> KeptAnswer | None:
        """The last answer, as capacity wants to be reminded of it."""
        if self.answer is None:
            return None
        answer = self.answer
        return KeptAnswer(
            revision=answer.revision,
            standing=answer.standing,
            held=answer.held,
            offer=answer.offer,
            why=answer.why,
        )


def new_booking(
    booking_id: str, sitting: str, wish: Wish, now: datetime, revision: int, *, origin: Origin = Origin.GUEST
) -> Booking:
    """A booking as its guest asks for it."""
    return Booking(
        id=booking_id,
        sitting=sitting,
        contact=wish.contact,
        party=wish.party,
        asked_at=now,
        created_at=now,
        booked_by=wish.booked_by,
        newcomer=wish.newcomer,
        partner=wish.partner,
        proxy=wish.proxy,
        origin=origin,
        preferences=replace(USUAL, thanks=wish.thanks),
        company=wish.company,
        membership=wish.membership,
        revision=revision,
        notice_revision=revision,
        news=revision,
    )


def is_of_same_guest(booking: Booking, wish: Wish) -> bool:
    """Whether a wish is of the guest of this booking: by the contact and, where that is of a proxy, who may book for
    many, by the name too.
    """
    one, other = booking.contact, wish.contact
    if not one.shared or one.shared != other.shared:
        return False
    by_proxy = any(proxy is not None and proxy.reached for proxy in (booking.proxy, wish.proxy))
    return not by_proxy or (one.name or "").casefold() == (other.name or "").casefold()


def is_refused(booking: Booking) -> bool:
    """Whether capacity refused the present wish, so that the booking stands in no line."""
    answer = booking.answer
    return answer is not None and answer.standing is Standing.REFUSED and answer.answers >= booking.revision


def asks_for_more(booking: Booking, party: Party) -> bool:
    """Whether changing to this party asks for seats or cook places anew, rather than giving some back."""
    return grows(booking.party, party) or is_refused(booking)


def change_party(booking: Booking, party: Party, now: datetime, revision: int) -> Booking:
    """The booking with another party; asking for more goes to the end of the line. Raises AlreadyCancelled.

    What is already wished is wished anew, at the same place in line: if our database was put back to an older copy, we
    may not know that something else was wished since.
    """
    if booking.cancelled_at is not None:
        raise AlreadyCancelled
    if party == booking.party and not is_refused(booking):
        return replace(booking, revision=revision)
    asked_at = now if asks_for_more(booking, party) else booking.asked_at
    return replace(with_party(booking, party), asked_at=asked_at, changed_at=now, revision=revision, reply=None)


def with_party(booking: Booking, party: Party) -> Booking:
    """The booking of this party; it names no more companions than come along."""
    return replace(booking, party=party, company=booking.company.among(party))


def erased(booking: Booking) -> Booking:
    """The booking of nobody: its guest wished to be forgotten, and is told nothing more."""
    nobody = Contact(name=None, email=None, phone=None, language=booking.contact.language)
    quiet = replace(USUAL, quiet=True)
    gone = replace(booking, contact=nobody, proxy=None, preferences=quiet, company=ALONE, attended=None)
    return replace(gone, membership=False, erased=True)


def without_proxy(booking: Booking) -> Booking:
    """The booking of a guest who has but the contact of their proxy, and the proxy wished to be forgotten: a name."""
    gone = erased(booking)
    return replace(gone, contact=replace(gone.contact, name=booking.contact.name))


def cancel(booking: Booking, now: datetime, revision: int) -> Booking:
    """The booking, cancelled for ever; a cancelled one stays as it is."""
    if booking.cancelled_at is not None:
        return booking
    return replace(booking, cancelled_at=now, changed_at=now, revision=revision, reply=None, company=ALONE)
