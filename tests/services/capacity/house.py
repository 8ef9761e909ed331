"""Capacity as a test sees it: what it hears, what it says, what it keeps."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from typing import Any, TypeVar

import sqlalchemy as sa
from flask import Flask

from services.capacity.domain.claims import Claim
from services.capacity.domain.history import Author
from services.capacity.domain.kitchen import OwnKitchen
from services.capacity.domain.sittings import Plan, PlannedSitting
from services.capacity.domain.staff import Staff
from services.capacity.store import claims as claim_store
from services.capacity.store import sittings as sitting_store
from services.capacity.use_cases.add_cantine import add_cantine
from services.capacity.use_cases.add_coordinator import add_coordinator
from services.capacity.use_cases.look import find_staff
from services.capacity.use_cases.open_sitting import open_sitting
from shared.assembly import Assembly
from shared.clock import SetClock
from shared.contracts.message import Message
from shared.contracts.party import NOBODY, Party
from shared.contracts.receipt import Kept, Receipt
from shared.contracts.routes import RECEIPT_SCHEMA, schema_of
from shared.contracts.seats import KeptAnswer, SeatsRequest
from shared.contracts.sitting import Cantine
from shared.links import Links

URL = "http://127.0.0.1:8000"
SETTINGS = {
    "BROKER_URL": "memory://",
    "SECRET_KEYS": "a-key-for-tests-only-of-enough-characters",
    "PUBLIC_URL": URL,
}
BY = Author(name="Camille Rey")
SAID = TypeVar("SAID", bound=Message)


def a_cantine(slug: str, name: str = "Les Tablées de Vaise") -> Cantine:
    return Cantine(
        slug=slug,
        name=name,
        city="Lyon",
        address="14 rue des Trois-Marmites, 69009 Lyon",
        phone="+33639980011",
        email=f"{slug}@example.org",
        zone="Europe/Paris",
    )


def a_plan(seats: int = 10, cook_places: int = 3, day: date = date(2026, 12, 1), **changes: Any) -> Plan:
    """A lunch a week after the clock's day."""
    values = {
        "date": day,
        "cooking_starts": time(9, 30),
        "meal_starts": time(12, 30),
        "kitchen": OwnKitchen(room=seats, cook_places=cook_places),
        "menu": "Velouté de potimarron, parmentier, compote",
        "allergens": ("milk",),
        "break_even_price": 1250,
    }
    return Plan(**{**values, **changes})


@dataclass
class CapacityHouse:
    """One cantine at Vaise, looked after by Camille, and one at Sablon, which is not hers."""

    parts: Assembly
    clock: SetClock
    camille: str = ""
    revisions: dict[str, int] = field(default_factory=dict)

    @cached_property
    def web(self) -> Flask:
        """Its pages and its API, one application for all who look at them."""
        return self.parts.make_web()

    @property
    def links(self) -> Links:
        return Links(self.parts.settings.secret_keys)

    def furnish(self) -> None:
        with self.parts.service.work() as work:
            add_cantine(work, a_cantine("lyon-vaise"))
            add_cantine(work, a_cantine("metz-sablon", "Les Tablées du Sablon"))
            self.camille = add_coordinator(
                work, email="Camille@Example.org", name="Camille Rey", language="fr", cantines=["lyon-vaise"]
            ).id

    def person(self) -> Staff:
        """Camille, as she is known now."""
        found = find_staff(self.parts.service, self.camille)
        assert found
        return found

    def opens(self, cantine: str = "lyon-vaise", **plan: Any) -> str:
        with self.parts.service.work() as work:
            return open_sitting(work, cantine, a_plan(**plan), URL, BY)

    def asks(
        self, sitting: str, booking: str, party: Party, last_answer: KeptAnswer | None = None, **more: Any
    ) -> SeatsRequest:
        """A request with the booking's next revision."""
        self.revisions[booking] = self.revisions.get(booking, 0) + 1
        self.clock.pass_time(seconds=1)
        return SeatsRequest(
            thing=booking,
            revision=self.revisions[booking],
            sitting=sitting,
            party=party,
            asked_at=self.clock.at,
            last_answer=last_answer,
            **more,
        )

    def hears(self, *messages: Message, sender: str = "booking") -> None:
        """Messages of one kind arrive in one task."""
        kind = messages[0].kind
        items = [
            {
                "thing": one.thing,
                "revision": one.revision,
                "correlation": f"why-{one.thing}",
                "sends": 1,
                "body": schema_of(kind).dump(one),
            }
            for one in messages
        ]
        self.parts.inbox.receive(kind, sender, items)

    def asked(self, sitting: str, booking: str, party: Party, **more: Any) -> Claim:
        """Ask, and see what was decided."""
        self.hears(self.asks(sitting, booking, party, **more))
        return self.claim(booking)

    def cancelled(self, sitting: str, booking: str) -> Claim:
        return self.asked(sitting, booking, NOBODY)

    def receipts(self, by: str, of_kind: str, kept: Sequence[Kept]) -> None:
        """A neighbour says what it keeps."""
        receipt = Receipt(thing="r", revision=1, by=by, of_kind=of_kind, kept=tuple(kept))
        body = RECEIPT_SCHEMA.dump(receipt)
        item = {"thing": "r", "revision": 1, "correlation": "", "sends": 1, "body": body}
        self.parts.inbox.receive(Receipt.kind, by, [item])

    def said(self, kind: type[SAID], receiver: str | None = None) -> dict[str, SAID]:
        """What still has to be heard, by thing."""
        outbox = self.parts.service.tables.outbox
        query = sa.select(outbox.c.body).where(outbox.c.kind == kind.kind)
        if receiver:
            query = query.where(outbox.c.receiver == receiver)
        with self.parts.service.read() as conn:
            messages = [schema_of(kind.kind).load(body) for body in conn.scalars(query)]
        return {message.thing: message for message in messages}

    def forget_what_was_said(self) -> None:
        with self.parts.service.database.begin() as conn:
            conn.execute(sa.delete(self.parts.service.tables.outbox))

    def claim(self, booking: str) -> Claim:
        with self.parts.service.work() as work:
            return claim_store.lock(work.conn, [booking])[0]

    def sitting(self, sitting: str) -> PlannedSitting:
        with self.parts.service.read() as conn:
            found = sitting_store.find(conn, sitting)
        assert found
        return found

    def parked(self) -> int:
        attempt = self.parts.service.tables.attempt
        with self.parts.service.read() as conn:
            return conn.execute(sa.select(sa.func.count()).where(attempt.c.parked_at.is_not(None))).scalar_one()
