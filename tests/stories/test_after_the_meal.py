"""A word after the meal, across the three services: from a tick in the form to a letter on the day after."""

from datetime import UTC, datetime, time

import pytest
from sqlalchemy import select

from services.booking.domain.contact import Contact
from services.booking.domain.staff import Staff
from services.booking.domain.wish import Wish
from services.booking.use_cases.book import book
from services.booking.use_cases.check_in import mark
from services.capacity.domain.hours import HourBefore
from services.capacity.use_cases.choose_reminders import choose_reminders
from services.notifications.bootstrap import make_providers, make_send_due
from services.notifications.domain.solicitations import Solicitation, Unsubscription
from services.notifications.settings import Settings
from services.notifications.use_cases.unsubscribe import unsubscribe
from shared.contracts.party import Party
from shared.contracts.staff import StaffRole
from tests.stories.agree import differences
from tests.stories.house import House
from tests.stories.residents import CANTINE, booking_of, lunch, rows, voice

YANIS = Staff(id="yanis", name="Yanis", role=StaffRole.HELPER, cantines=(CANTINE.slug,))
AT_TABLE = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 27, 23, 30, tzinfo=UTC)
TEN = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


@pytest.fixture
def meal(house: House) -> str:
    """A lunch of a cantine that writes to guests after its meals."""
    sitting = lunch(house)
    with house["capacity"].service.work() as work:
        choose_reminders(work, CANTINE.slug, HourBefore(days=1, at=time(16)), thanks=True)
    house.settle()
    return sitting


def books(house: House, meal: str, name: str, *, thanks: bool = True) -> str:
    contact = Contact(name=name, email=f"{name.lower()}@example.org", phone=None, language="en")
    wish = Wish(party=Party(eaters=2), contact=contact, thanks=thanks)
    return book(house["booking"].service, voice(house), meal, wish).id


def door(house: House, meal: str, booking: str, came: int) -> None:
    mark(house["booking"].service, voice(house), YANIS, meal, booking, came=came)


def at(house: House, instant: datetime) -> list[tuple[str, str]]:
    """What is due at an instant is done and sent. All letters so far: to whom, and about what."""
    house.clock.at = instant
    house.do_what_is_due()
    part = house["notifications"]
    assert isinstance(part.settings, Settings)
    sender = make_send_due(part.settings, part.service, make_providers(part.settings, part.service))
    while sender.step():
        pass
    box = part.metadata.tables["mailbox"]
    return [(row.address, row.subject) for row in rows(house, "notifications", select(box).order_by(box.c.id))]


def test_who_came_is_thanked_who_was_absent_was_missed_and_a_correction_stops_it(house: House, meal: str) -> None:
    ada, bo, cleo, dan = (books(house, meal, name, thanks=name != "Dan") for name in ("Ada", "Bo", "Cleo", "Dan"))
    house.settle()
    at(house, datetime(2026, 11, 26, 15, 0, tzinfo=UTC))
    at(house, AT_TABLE)
    for booking, came in ((ada, 2), (bo, 0), (cleo, 0), (dan, 2)):
        door(house, meal, booking, came)
    before = at(house, NIGHT)
    door(house, meal, cleo, 1)  # she was there
    house.settle()
    words = at(house, TEN)[len(before) :]
    assert sorted(words) == [
        ("ada@example.org", "Thank you for coming on Friday 27 November"),
        ("bo@example.org", "We missed you on Friday 27 November"),
        ("cleo@example.org", "Thank you for coming on Friday 27 November"),
    ]
    assert len(at(house, datetime(2026, 11, 29, 9, 0, tzinfo=UTC))) == len(before) + 3, "once"
    assert differences(house) == []


def test_who_ends_it_with_one_click_hears_nothing_after_the_next_meal(house: House, meal: str) -> None:
    ada = books(house, meal, "Ada")
    house.settle()
    at(house, AT_TABLE)
    unsubscribe(house["notifications"].service, Unsubscription(what=Solicitation.THANKS, who=ada))
    house.settle()
    door(house, meal, ada, 2)
    before = at(house, NIGHT)
    assert at(house, TEN) == before
    assert not booking_of(house, ada).preferences.thanks
