"""Where bookings are confirmed by a message: what is asked for on the site waits until who it names has said yes.

Nothing is said to capacity before. A contact that has confirmed one lately is not asked again.
"""

import secrets
from dataclasses import dataclass, replace

from services.booking.domain.contact import Contact
from services.booking.domain.errors import AlreadySent, RequestLapsed, TooManyFromHere, TooManyUnconfirmed, UnknownMeal
from services.booking.domain.held import (
    CONFIRMED_FOR,
    DAY,
    HELD_FOR,
    NOWHERE,
    ROWS_KEPT,
    Confirming,
    Held,
    State,
    can_be_asked,
    may_be_asked,
)
from services.booking.domain.limits import NO_LIMITS, WINDOW, Limits
from services.booking.domain.once import Once, once
from services.booking.domain.persons import address_of
from services.booking.domain.sittings import check_party, check_takes_bookings
from services.booking.domain.wish import Wish
from services.booking.store import held as held_store
from services.booking.store import sittings
from services.booking.use_cases.reception import Reception
from services.booking.use_cases.voice import Voice
from shared.contracts.reply import CONTACT
from shared.contracts.sitting import SittingNotice
from shared.links import Links
from shared.messaging.service import Service, UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Request:
    """A request as its page shows it."""

    held: Held
    sitting: SittingNotice | None
    state: State


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """Holds wishes where bookings are confirmed, within the limits, and asks whom they name."""

    service: Service
    links: Links
    voice: Voice
    confirming: Confirming = NOWHERE
    limits: Limits = NO_LIMITS
    sms: bool

    def is_asked_for(self, sitting: str, wish: Wish) -> bool:
        """Whether a wish on the site waits for a yes: not one of the team or of a partner, nor of a contact that no
        message reaches, or that has confirmed one lately.
        """
        if self.confirming == NOWHERE or wish.partner or wish.booked_by:
            return False
        if not can_be_asked(wish.contact, sms=self.sms):
            return False
        with self.service.read() as conn:
            meal = sittings.find(conn, sitting)
            if meal is None or not self.confirming.asks(meal.cantine.slug):
                return False
            now = self.service.clock.now(conn)
            return not held_store.has_confirmed(conn, self._marks(wish), now - CONFIRMED_FOR)

    def hold(self, sitting: str, wish: Wish, only: Once, client: str) -> str:
        """Keep a wish, and ask whoever it names; what was sent before is not sent again. Returns its id.

        Raises AlreadySent if the same key was sent with other details; UnknownMeal, MealCancelled, MealClosed,
        PastCutoff, PartyTooLarge, TooManyFromHere, TooManyUnconfirmed.
        """
        with self.service.work() as work:
            if before := held_store.with_key(work.conn, only.key):
                return _same(before, only)
            meal = sittings.find(work.conn, sitting)
            if meal is None:
                raise UnknownMeal
            check_takes_bookings(meal, work.now)
            check_party(meal, wish.party)
            self._check_limits(work, wish, client)
            one = Held(
                id=secrets.token_urlsafe(9),
                once=only,
                sitting=sitting,
                wish=wish,
                contact=self._marks(wish)[0],
                client=client,
                asked_at=work.now,
                valid_until=min(work.now + HELD_FOR, meal.cutoff_at),
            )
            if not held_store.add(work.conn, one):  # the same form, sent twice in a moment
                before = held_store.with_key(work.conn, only.key)
                return _same(before, only) if before else one.id
            self.voice.say_question(work, one, _way(wish.contact))
            return one.id

    def _check_limits(self, work: UnitOfWork, wish: Wish, client: str) -> None:
        most = self.limits.from_place
        if most and held_store.count_from(work.conn, client, work.now - WINDOW) >= most:
            raise TooManyFromHere
        if not may_be_asked(held_store.asked(work.conn, self._marks(wish), work.now - DAY), work.now):
            raise TooManyUnconfirmed

    def _marks(self, wish: Wish) -> tuple[str, ...]:
        return self.links.marks(CONTACT, address_of(wish.contact))


def look_at_request(service: Service, held_id: str) -> Request:
    """A request, as it stands. Raises RequestLapsed if nothing is known of it any more."""
    with service.read() as conn:
        one = held_store.find(conn, held_id)
        if one is None:
            raise RequestLapsed
        state = one.state(service.clock.now(conn))
        return Request(held=one, sitting=sittings.find(conn, one.sitting), state=state)


def confirm(service: Service, reception: Reception, held_id: str) -> str:
    """Book what was asked for, now that who it names has said yes; twice is the same as once. Returns the booking's id.

    Raises RequestLapsed, and what booking raises: then it waits on.
    """
    request = look_at_request(service, held_id)
    one = request.held
    if one.booking is not None:
        return one.booking
    if request.state is State.LAPSED or one.wish is None:
        raise RequestLapsed
    booking = reception.book(one.sitting, one.wish, once("confirm", one.id, one.sitting, *one.wish.details), one.client)
    with service.work() as work:
        held_store.lock(work.conn, held_id)
        held_store.settle(work.conn, held_id, booking.id)
        held_store.note_confirmed(work.conn, one.contact, work.now)
    return booking.id


def refuse(service: Service, held_id: str) -> None:
    """Whoever it names did not ask for it: it is forgotten, and nothing is booked."""
    with service.work() as work:
        one = held_store.lock(work.conn, held_id)
        if one and one.booking is None:
            held_store.settle(work.conn, held_id, None)


def forget_requests(service: Service) -> int:
    """Forget what has lapsed. Returns how many requests did."""
    with service.work() as work:
        return held_store.forget(work.conn, work.now, work.now - ROWS_KEPT, work.now - CONFIRMED_FOR)


def _same(before: Held, only: Once) -> str:
    if before.once.fingerprint != only.fingerprint:
        raise AlreadySent(before.id)
    return before.id


def _way(contact: Contact) -> Contact:
    """The one way by which a contact is written to."""
    return replace(contact, phone=None) if contact.email else contact
