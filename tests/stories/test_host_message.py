"""A host writes once: whoever still is at the table reads it, whatever happens on the way."""

import sqlalchemy as sa

from services.booking.domain.once import once
from services.booking.domain.staff import Staff
from services.booking.use_cases.resay import resay
from services.booking.use_cases.write_to_guests import write_to_guests
from services.notifications.bootstrap import make_providers, make_send_due
from services.notifications.domain.letter import LetterState
from services.notifications.settings import Settings
from services.notifications.store import tables
from shared.contracts.host_message import Audience
from shared.contracts.party import Party
from shared.contracts.staff import StaffRole
from shared.links import Links
from tests.stories.house import House
from tests.stories.residents import call_off, lunch, reserve, rows, voice

HUGO = Staff(id="hugo", name="Hugo", role=StaffRole.HOST, cantines=("lyon-saone",))
WORDS = "La porte de la cour est fermée."


def write(house: House, meal: str) -> None:
    with house["booking"].service.work() as work:
        key = once("host message", "a form", meal)
        links = Links(house["booking"].settings.secret_keys)
        write_to_guests(work, HUGO, meal, WORDS, key, audience=Audience.EVERYBODY, urgent=False, links=links, sms=True)


def send_all(house: House) -> None:
    part = house["notifications"]
    assert isinstance(part.settings, Settings)
    sender = make_send_due(part.settings, part.service, make_providers(part.settings, part.service))
    while sender.step() or _due(house):  # a step in which all are dropped has sent none
        pass


def _due(house: House) -> int:
    """How many letters wait for a sender."""
    return sum(row.state == LetterState.DUE for row in rows(house, "notifications", tables.letter))


def readers(house: House) -> list[str]:
    """Who has read the words, as often as they have."""
    return sorted(row.address for row in rows(house, "notifications", tables.mailbox) if WORDS in row.text)


def test_it_reaches_who_is_still_at_the_table(house: House) -> None:
    meal = lunch(house)
    house.settle()
    names = ("Jeanne", "Paul", "Awa")
    _jeanne, paul, _awa = (reserve(house, meal, Party(eaters=1), name=name) for name in names)
    house.settle()
    write(house, meal)
    house.clock.pass_time(seconds=1)
    call_off(house, paul)
    reserve(house, meal, Party(eaters=1), name="Late")
    house.settle()
    send_all(house)
    assert readers(house) == ["awa@example.org", "jeanne@example.org"]
    house.clock.pass_time(seconds=1)
    resay(house["booking"].service, voice(house))
    house.settle()
    send_all(house)
    assert readers(house) == ["awa@example.org", "jeanne@example.org"]


def test_notifications_that_was_put_back_sends_what_it_has_forgotten(house: House) -> None:
    meal = lunch(house)
    house.settle()
    reserve(house, meal, Party(eaters=1), name="Jeanne")
    house.settle()
    send_all(house)
    write(house, meal)
    house.settle()
    with house["notifications"].service.database.begin() as conn:  # as a copy from before the words
        conn.execute(sa.delete(tables.host_message))
        conn.execute(sa.delete(tables.letter).where(tables.letter.c.kind == "host_message"))
        conn.execute(sa.delete(tables.MESSAGING.heard).where(tables.MESSAGING.heard.c.kind == "host_message"))
    resay(house["booking"].service, voice(house))
    house.settle()
    send_all(house)
    assert readers(house) == ["jeanne@example.org"]
