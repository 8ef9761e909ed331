"""What residents and coordinators do in the stories, through the same use cases as the pages."""

from datetime import date, time
from typing import Any

import sqlalchemy as sa

from services.booking.domain.booking import Booking
from services.booking.domain.contact import Contact
from services.booking.domain.standing import Outcome, outcome
from services.booking.domain.wish import Wish
from services.booking.store import bookings
from services.booking.use_cases.book import book
from services.booking.use_cases.cancel import cancel
from services.booking.use_cases.change_party import change
from services.booking.use_cases.voice import Voice
from services.capacity.domain.claims import Claim
from services.capacity.domain.history import Author
from services.capacity.domain.kitchen import OwnKitchen
from services.capacity.domain.sittings import Plan, PlannedSitting
from services.capacity.store import claims as claim_store
from services.capacity.store import sittings as sitting_store
from services.capacity.store import tables as capacity_tables
from services.capacity.use_cases.add_cantine import add_cantine
from services.capacity.use_cases.open_sitting import open_sitting
from shared.contracts.party import Party
from shared.contracts.sitting import Cantine
from shared.links import Links
from tests.stories.house import House

CANTINE = Cantine(
    slug="lyon-saone",
    name="La Tablée de Saône",
    city="Lyon",
    address="12 rue des Invités, 69009 Lyon",
    phone="+33639980001",
    email="saone@example.org",
    zone="Europe/Paris",
)


def lunch(house: House, *, seats: int = 30, cook_places: int = 10, on: date = date(2026, 11, 27)) -> str:
    """A coordinator opens a lunch (12:30, cooks from 9:30). Returns its id."""
    plan = Plan(
        **at_noon(on), kitchen=OwnKitchen(room=seats, cook_places=min(cook_places, seats)), menu="Velouté de potimarron"
    )
    with house["capacity"].service.work() as work:
        add_cantine(work, CANTINE)
        return open_sitting(work, CANTINE.slug, plan, "", Author(name="Camille"))


def at_noon(day: date) -> dict[str, Any]:
    """When a lunch takes place."""
    return {"date": day, "cooking_starts": time(9, 30), "meal_starts": time(12, 30)}


def voice(house: House) -> Voice:
    """Booking's voice."""
    settings = house["booking"].settings
    return Voice(Links(settings.secret_keys), settings.public_url)


def reserve(house: House, sitting: str, party: Party, *, name: str = "Jeanne", language: str = "fr") -> str:
    """A resident books. Returns the id of the booking."""
    contact = Contact(name=name, email=f"{name.lower()}@example.org", phone=None, language=language)
    return book(house["booking"].service, voice(house), sitting, Wish(party=party, contact=contact)).id


def change_to(house: House, booking: str, party: Party) -> None:
    """A resident changes the party."""
    change(house["booking"].service, voice(house), booking, party)


def call_off(house: House, booking: str) -> None:
    """A resident cancels."""
    cancel(house["booking"].service, voice(house), booking)


def booking_of(house: House, booking: str) -> Booking:
    """A booking as booking keeps it."""
    with house["booking"].service.database.begin() as conn:
        return bookings.lock(conn, [booking])[booking]


def outcome_of(house: House, booking: str) -> Outcome:
    """What became of a booking."""
    return outcome(booking_of(house, booking))


def claims_of(house: House) -> dict[str, Claim]:
    """All claims that capacity keeps."""
    with house["capacity"].service.database.begin() as conn:
        ids = conn.execute(sa.select(capacity_tables.claim.c.booking)).scalars().all()
        return {claim.booking: claim for claim in claim_store.lock(conn, set(ids))}


def sitting_of(house: House, sitting: str) -> PlannedSitting:
    """A sitting as capacity keeps it."""
    with house["capacity"].service.database.begin() as conn:
        return sitting_store.lock(conn, [sitting])[sitting]


def rows(house: House, service: str, table: Any) -> list[Any]:
    """All rows of a table of a service, or of a query of it."""
    query = table if isinstance(table, sa.Select) else sa.select(table)
    with house[service].service.read() as conn:
        return list(conn.execute(query))


def letters(house: House) -> list[tuple[str, str]]:
    """The kind and state of all letters of notifications, oldest first."""
    table = house["notifications"].metadata.tables["letter"]
    return [(row.kind, row.state) for row in sorted(rows(house, "notifications", table), key=lambda row: row.due_at)]
