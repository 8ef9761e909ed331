"""An hour without a broker, in simulated time: what piled up is published once, also while it is worked off slowly."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from shared.clock import SetClock
from shared.contracts.party import Party
from shared.messaging import again, rows
from shared.messaging.publisher import NotPublished
from shared.messaging.relay import Relay
from tests.faults.counting import CountedPublisher, Published
from tests.stories.house import House, open_house
from tests.stories.residents import lunch, outcome_of, reserve

BOOKINGS, TASK = 300, 10  # as many tasks as 6,000 bookings would make
PUBLISHES_EACH = 1.2


class Away(CountedPublisher):
    """A publisher whose broker comes and goes."""

    away = False

    def publish(self, receiver: str, kind: str, items: Sequence[dict[str, Any]]) -> None:
        if self.away:
            raise NotPublished
        super().publish(receiver, kind, items)


def an_hour_of_bookings(house: House, sitting: str) -> list[str]:
    """One every 12 seconds; the relays try again all the while."""
    made = []
    for number in range(BOOKINGS):
        house.clock.pass_time(seconds=12)
        made.append(reserve(house, sitting, Party(eaters=1), name=f"Guest{number}"))
        if number % 5 == 0:
            for relay in house.relays.values():
                relay.send_again()
                with pytest.raises(NotPublished):
                    relay.step()
                    raise NotPublished  # a relay with nothing to say did not try
    return made


def work_off(house: House) -> int:
    """Each service handles one task in three seconds, until nothing moves. Gives the seconds."""
    for second in range(0, 6_000, 3):
        house.clock.pass_time(seconds=3)
        moved = 0
        for relay in house.relays.values():
            relay.send_again()
            moved += relay.step()
        for service in house.parts:
            first = next((one for one in house.office.waiting if one.receiver == service), None)
            if first:
                moved += 1
                house.office.waiting.remove(first)
                house.office.deliver(first)
        if not moved:
            return second
    raise AssertionError("it is never worked off")


def test_a_backlog_of_an_hour_is_published_once(
    database_of: Callable[[str], str], clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "BATCH", TASK)
    monkeypatch.setattr(again, "BATCH", TASK)
    noted: list[str] = []
    with open_house(database_of, clock) as house:
        publishers = {name: Away(house.office.publisher_for(name), name, noted.extend) for name in house.parts}
        house.relays.update({name: Relay(house[name].service, one) for name, one in publishers.items()})
        sitting = lunch(house, seats=BOOKINGS // 2)
        house.settle()
        noted.clear()
        Away.away = True
        made = an_hour_of_bookings(house, sitting)
        assert noted == []
        Away.away = False
        seconds = work_off(house)
        assert seconds > 3 * again.PROBE_EVERY.total_seconds()
        assert sum(not outcome_of(house, one).waiting for one in made) == BOOKINGS // 2
    published = Published.read(noted)
    assert published.each <= PUBLISHES_EACH
