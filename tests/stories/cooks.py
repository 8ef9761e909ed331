"""What cooks and coordinators do in the stories about calls, through the same use cases as the pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from services.booking.domain.contact import Contact
from services.booking.store import persons
from services.booking.use_cases.answer_call import say_no, say_yes, stop
from services.booking.use_cases.persons import person_of, say_persons
from services.capacity.domain.cook_calls import Call
from services.capacity.domain.staff import Staff
from services.capacity.use_cases.call_cooks import call_cooks
from shared.contracts.staff import StaffRole
from tests.deploy.reconcile.conftest import write_letters
from tests.stories.house import House
from tests.stories.residents import CANTINE, rows, sitting_of, voice

URL = "http://127.0.0.1:8000"


def contact_of(name: str, *, phone: str | None = None, language: str = "en") -> Contact:
    """Somebody who can be reached by e-mail, or else by telephone."""
    return Contact(name=name, email=None if phone else f"{name.lower()}@example.org", phone=phone, language=language)


def agrees(house: House, name: str, *, cantine: str = CANTINE.slug, phone: str | None = None) -> str:
    """Somebody who has been at the cantine agrees to be called when cooks are missing. Returns the person's id."""
    with house["booking"].service.work() as work:
        person = person_of(work, contact_of(name, phone=phone))
        persons.agree_to_cook(work.conn, person.id, cantine, work.now)
        say_persons(work, voice(house), [person])
    house.settle()
    return person.id


CAMILLE = Staff(id="camille", name="Camille", email=None, language="en", role=StaffRole.COORDINATOR, cantines=())


def calls(house: House, sitting: str) -> None:
    """A coordinator taps: call for cooks. The letters leave."""
    with house["capacity"].service.work() as work:
        call_cooks(work, sitting, CAMILLE, URL)
    house.settle()
    send(house)


def comes(house: House, person: str, sitting: str) -> str:
    """A person says yes. Returns the id of the booking."""
    booking = say_yes(house["booking"].service, voice(house), person, sitting)
    house.settle()
    send(house)
    return booking


def declines(house: House, person: str, sitting: str) -> None:
    """A person says no."""
    say_no(house["booking"].service, voice(house), person, sitting)
    house.settle()


def says_stop(house: House, person: str) -> None:
    """A person wants no more calls."""
    stop(house["booking"].service, voice(house), person)
    house.settle()


def call_of(house: House, sitting: str) -> Call:
    """The call for a sitting as capacity keeps it."""
    call = sitting_of(house, sitting).call
    assert call
    return call


def replies(house: House, sitting: str) -> tuple[int, int, int]:
    """How many were asked, come, and said no, as a coordinator sees it."""
    table = house["capacity"].metadata.tables["cook_replies"]
    (row,) = [row for row in rows(house, "capacity", table) if row.sitting == sitting]
    return row.asked, row.coming, row.declined


def send(house: House) -> None:
    """Planned letters whose hour has come are due, and what is due leaves."""
    house["notifications"].timers["ring_reminders"]()
    write_letters(house)


def mail(house: House) -> list[tuple[str, str]]:
    """(to whom, subject, or text of an SMS) of all that has left, in order."""
    table = house["notifications"].metadata.tables["mailbox"]
    received = sorted(rows(house, "notifications", table), key=lambda row: row.id)
    return [(row.address.removesuffix("@example.org"), row.subject or row.text) for row in received]


def called(house: House) -> list[str]:
    """Who has got a call for cooks, in order of their names."""
    return sorted(to for to, subject in mail(house) if subject.startswith("Would you cook"))


@contextmanager
def heard(house: House) -> Iterator[set[str]]:
    """Notes every message that is handled meanwhile, as “receiver hears kind”; receipts apart."""
    noted: set[str] = set()
    before = {name: dict(part.inbox._handlers) for name, part in house.parts.items()}
    for name, handlers in before.items():
        for kind, handler in handlers.items():
            house[name].inbox._handlers[kind] = _noting(noted, f"{name} hears {kind}", handler)
    yield noted
    for name, handlers in before.items():
        house[name].inbox._handlers.update(handlers)


def _noting(noted: set[str], what: str, handler: Any) -> Any:
    def noting(work: Any, messages: Any) -> None:
        handler(work, messages)
        noted.add(what)

    return noting


def until(house: House, at: datetime) -> None:
    """Time passes until an instant."""
    house.clock.at = at
    house.do_what_is_due()
    send(house)
