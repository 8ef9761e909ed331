"""A database is put back to an older copy while residents book, change and cancel and messages are under way.

The copy is taken, and put back, in the middle of everything; the load goes on until after `resay`.
"""

import random
from dataclasses import dataclass, field

import pytest

from shared.contracts.booking import BookingStatus
from shared.contracts.party import Party
from shared.contracts.routes import SERVICES
from tests.stories.agree import differences
from tests.stories.copies import copy_of, put_back
from tests.stories.house import House
from tests.stories.residents import call_off, change_to, lunch, outcome_of, reserve, rows

SEATS = 8
STEPS = 6
SEED = 1


@dataclass
class Residents:
    """Residents who do as they please, and remember what they were told."""

    house: House
    chance: random.Random
    sitting: str
    made: list[str] = field(default_factory=list)
    cancelled: set[str] = field(default_factory=set)
    confirmed: dict[str, Party] = field(default_factory=dict)

    def do_something(self) -> None:
        """One books, changes or cancels; some of the messages under way arrive."""
        self.house.clock.pass_time(seconds=self.chance.randint(1, 30))
        known = [one for one in self.made if one not in self.cancelled and self.is_known(one)]
        match self.chance.choice(["book", "book", "change", "cancel"]) if known else "book":
            case "book":
                self.made.append(reserve(self.house, self.sitting, self.party(), name=f"Guest{len(self.made)}"))
            case "change":
                one = self.chance.choice(known)
                self.confirmed.pop(one, None)
                change_to(self.house, one, self.party())
            case "cancel":
                one = self.chance.choice(known)
                self.confirmed.pop(one, None)
                self.cancelled.add(one)
                call_off(self.house, one)
        self.let_some_arrive()
        self.look()

    def let_some_arrive(self) -> None:
        self.house.publish()
        waiting = self.house.office.waiting
        self.chance.shuffle(waiting)
        for _ in range(self.chance.randint(0, len(waiting))):
            self.house.office.deliver(waiting.pop())

    def look(self) -> None:
        """Who sees that the present wish is confirmed remembers it."""
        for one in self.made:
            if one not in self.cancelled and self.is_known(one):
                now = outcome_of(self.house, one)
                if now.status is BookingStatus.CONFIRMED and not (now.checking or now.waiting):
                    self.confirmed[one] = now.party

    def is_known(self, booking: str) -> bool:
        """Whether the link opens a page: not while a lost booking has not been found again."""
        table = self.house["booking"].metadata.tables["booking"]
        return any(row.id == booking for row in rows(self.house, "booking", table))

    def party(self) -> Party:
        return Party(cooks=self.chance.randint(0, 1), eaters=self.chance.randint(1, 2))


@pytest.mark.parametrize("service", SERVICES)
def test_nobody_confirmed_loses_the_seat_and_all_agree(house: House, service: str) -> None:
    residents = put_back_under_way(house, service)
    for name in sorted(SERVICES, key=lambda name: name == service):
        house[name].resay()
        some_time(residents)
    come_to_rest(house)
    assert differences(house) == []
    became = {one: outcome_of(house, one) for one in residents.made}
    assert not any(now.checking for now in became.values())
    assert residents.confirmed
    for one, party in residents.confirmed.items():
        assert (became[one].status, became[one].party) == (BookingStatus.CONFIRMED, party)


@pytest.mark.parametrize("service", SERVICES)
def test_without_resay_they_do_not_agree(house: House, service: str) -> None:
    put_back_under_way(house, service)
    come_to_rest(house)
    assert differences(house) != []


def put_back_under_way(house: House, service: str) -> Residents:
    """The load begins, a copy is taken, the load goes on, the copy is put back, and the load goes on."""
    residents = Residents(house, random.Random(SEED), lunch(house, seats=SEATS, cook_places=3))
    house.settle()
    some_time(residents)
    copy = copy_of(house, service)
    some_time(residents)
    house.settle()  # so that something heard since the copy is receipted, and nobody sends it again
    some_time(residents)
    put_back(house, service, copy)
    some_time(residents)
    return residents


def some_time(residents: Residents) -> None:
    for _ in range(STEPS):
        residents.do_something()


def come_to_rest(house: House) -> None:
    house.settle()
    house.let_time_pass(minutes=1)
