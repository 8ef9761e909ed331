"""Booking as a test sees it: what it hears, what it says, what it keeps."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from flask import Flask

from services.booking.domain.booking import Booking
from services.booking.domain.contact import Contact
from services.booking.domain.once import Once
from services.booking.domain.standing import Outcome, outcome
from services.booking.domain.wish import Wish
from services.booking.store import bookings, sittings
from services.booking.use_cases.book import book
from services.booking.use_cases.cancel import cancel
from services.booking.use_cases.change_party import change
from services.booking.use_cases.voice import Voice
from shared.assembly import Assembly
from shared.clock import SetClock
from shared.contracts.booking import BookingNotice
from shared.contracts.message import Message
from shared.contracts.party import NOBODY, Party
from shared.contracts.receipt import Kept, Receipt
from shared.contracts.routes import route_of, schema_of
from shared.contracts.seats import SeatsAnswer, SeatsRequest, Standing, Why
from shared.contracts.sitting import Cantine, SittingNotice, SittingStatus
from shared.links import Links

STARTS_AT = datetime(2026, 11, 25, 11, 30, tzinfo=UTC)  # the day after the clock's
CANTINE = Cantine(
    slug="lyon-saone",
    name="La Tablée de Saône",
    city="Lyon",
    address="12 rue des Invités, 69009 Lyon",
    phone="+33639980001",
    email="saone@example.org",
    zone="Europe/Paris",
)
CAMILLE = Contact(name="Camille Exemple", email="camille@example.org", phone="+33639980042", language="fr")
TWO = Party(cooks=1, eaters=1)
FOUR = Party(cooks=1, eaters=2, children=1)


def a_sitting(thing: str = "lunch", **changes: Any) -> SittingNotice:
    """A lunch on the day after the clock's."""
    notice = SittingNotice(
        thing=thing,
        revision=1,
        cantine=CANTINE,
        date=STARTS_AT.date(),
        cooking_starts=time(9, 30),
        meal_starts=time(12, 30),
        starts_at=STARTS_AT,
        cutoff_at=STARTS_AT - timedelta(hours=16, minutes=30),
        status=SittingStatus.OPEN,
        menu="Velouté de potimarron, parmentier de lentilles, pommes au four",
        allergens=("celery", "milk"),
        break_even_price=1250,
        seats=34,
        seats_left=10,
        cook_places=9,
        cook_places_left=3,
        waitlist_length=0,
        at_risk=False,
    )
    return replace(notice, **changes)


@dataclass
class BookingHouse:
    """Booking alone."""

    parts: Assembly
    clock: SetClock
    answers: int = 0

    def __post_init__(self) -> None:
        self.service = self.parts.service
        self.links = Links(self.parts.settings.secret_keys)
        self.voice = Voice(self.links, self.parts.settings.public_url)

    @cached_property
    def web(self) -> Flask:
        """Its pages and its API, one application for all who look at them."""
        return self.parts.make_web()

    def hear(self, *messages: Message) -> None:
        """Messages of one kind arrive as one task."""
        kind = messages[0].kind
        sender = route_of(kind).sender if kind != Receipt.kind else messages[0].by  # type: ignore[attr-defined]
        items = [
            {"thing": one.thing, "revision": one.revision, "correlation": "a-test", "body": schema_of(kind).dump(one)}
            for one in messages
        ]
        self.parts.inbox.receive(kind, sender, items)

    def announce(self, thing: str = "lunch", **changes: Any) -> None:
        """Capacity describes a meal."""
        self.hear(a_sitting(thing, **changes))

    def book(
        self,
        party: Party = TWO,
        *,
        sitting: str = "lunch",
        who: Contact = CAMILLE,
        once: Once | None = None,
        thanks: bool = False,
    ) -> str:
        """A resident books."""
        return book(self.service, self.voice, sitting, Wish(party=party, contact=who, thanks=thanks), once).id

    def change(self, booking_id: str, party: Party) -> None:
        """A resident changes how many they are."""
        change(self.service, self.voice, booking_id, party)

    def cancel(self, booking_id: str) -> None:
        """A resident cancels."""
        cancel(self.service, self.voice, booking_id)

    def answer(self, booking_id: str, standing: Standing, held: Party = NOBODY, **changes: Any) -> SeatsAnswer:
        """What capacity would answer to the present wish."""
        booking = self.find(booking_id)
        self.answers += 1
        values: dict[str, Any] = {
            "thing": booking_id,
            "revision": self.answers,
            "answers": booking.revision,
            "sitting": booking.sitting,
            "standing": standing,
            "held": held,
            "wished": booking.wish,
            "asked_at": booking.asked_at,
        }
        return SeatsAnswer(**values | changes)

    def confirm(self, booking_id: str) -> None:
        """Capacity gives the seats."""
        self.hear(self.answer(booking_id, Standing.HELD, self.find(booking_id).wish))

    def put_on_waiting_list(self, booking_id: str) -> None:
        """Capacity has no seats now."""
        self.hear(self.answer(booking_id, Standing.WAITLISTED))

    def refuse(self, booking_id: str, why: Why) -> None:
        """Capacity refuses."""
        self.hear(self.answer(booking_id, Standing.REFUSED, why=why))

    def find(self, booking_id: str) -> Booking:
        """A booking as it is kept."""
        with self.service.read() as conn:
            found = bookings.find(conn, booking_id)
        assert found is not None
        return found

    def only_booking(self) -> str:
        """The id of the one booking there is."""
        from services.booking.store.tables import booking

        with self.service.read() as conn:
            return str(conn.execute(sa.select(booking.c.id)).scalar_one())

    def outcome(self, booking_id: str) -> Outcome:
        """What became of a booking."""
        return outcome(self.find(booking_id))

    def sitting(self, thing: str = "lunch") -> SittingNotice | None:
        """A meal as it is kept."""
        with self.service.read() as conn:
            return sittings.find(conn, thing)

    def place_in_line(self, booking_id: str) -> int:
        """The place in the waiting list."""
        with self.service.read() as conn:
            return bookings.place_in_line(conn, self.find(booking_id))

    def said(self, kind: type[Message], thing: str) -> Any:
        """What the outbox says about a thing."""
        body = self._bodies(kind).get(thing)
        return body and route_of(kind.kind).schema.load(body)

    def wish_said(self, booking_id: str) -> SeatsRequest:
        """What was said to capacity."""
        said: SeatsRequest = self.said(SeatsRequest, booking_id)
        return said

    def notice_said(self, booking_id: str) -> BookingNotice:
        """What was said to notifications."""
        said: BookingNotice = self.said(BookingNotice, booking_id)
        return said

    def receipt_all(self, kind: type[Message], kept: dict[str, int] | None = None) -> None:
        """The receiver has heard everything of a kind (and keeps, of some things, these revisions)."""
        (receiver,) = route_of(kind.kind).receivers
        keeps = {thing: body["revision"] for thing, body in self._bodies(kind).items()} | (kept or {})
        self.hear(
            Receipt(
                thing=uuid4().hex,
                revision=1,
                by=receiver,
                of_kind=kind.kind,
                kept=tuple(Kept(thing=thing, revision=revision) for thing, revision in keeps.items()),
            )
        )

    def count(self, table: sa.Table) -> int:
        """How many rows."""
        with self.service.read() as conn:
            return conn.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()

    def forget_bookings(self, ids: Sequence[str]) -> None:
        """The database was put back to a copy older than these bookings."""
        from services.booking.store.tables import booking

        with self.service.database.begin() as conn:
            conn.execute(sa.delete(booking).where(booking.c.id.in_(ids)))

    def _bodies(self, kind: type[Message]) -> dict[str, Any]:
        outbox = self.service.tables.outbox
        with self.service.read() as conn:
            rows = conn.execute(sa.select(outbox.c.thing, outbox.c.body).where(outbox.c.kind == kind.kind))
            return {row.thing: row.body for row in rows}
