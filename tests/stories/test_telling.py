"""Is everything moving? Each service tells how it is, past its outbox; what does not come tells something too."""

import pytest
import sqlalchemy as sa

from services.capacity.domain.service_states import Diagnosis, Lack, Motion
from services.capacity.use_cases.hear_states import look_at_services
from shared.contracts.party import Party
from shared.messaging import parked
from shared.messaging.ailing import TimerHealth
from shared.messaging.parked import Item
from shared.messaging.post_office import PostOfficePublisher
from shared.messaging.publisher import NotPublished, Queue
from shared.messaging.telling import Teller
from tests.stories.house import House
from tests.stories.residents import lunch, reserve


class Broker(PostOfficePublisher):
    """The post office, and how its queues are said to be; `away`: it lets nobody in."""

    hearers = 1
    away = False

    def look(self, receiver: str) -> Queue | None:
        if self.away:
            raise NotPublished
        return Queue(unheard=0, hearers=self.hearers)


def tellers(house: House) -> dict[str, tuple[Teller, Broker]]:
    found = {}
    for name, part in house.parts.items():
        broker = Broker(house.office, name)
        found[name] = Teller(part.service, broker, part.waits, part.inbox.keep_state), broker
    return found


def tell(house: House, *names: str) -> None:
    """These services tell (all by default), and capacity hears it, but nothing else that was published."""
    for name, (teller, _broker) in tellers(house).items():
        if not names or name in names:
            assert teller.tell()
    told = [one for one in house.office.waiting if one.kind == "service_state"]
    house.office.waiting = [one for one in house.office.waiting if one not in told]
    for one in told:
        house.office.deliver(one)


def found(house: House) -> dict[str, Diagnosis]:
    return {one.service: one for one in look_at_services(house["capacity"].service)}


def lacks(house: House, service: str) -> list[Lack]:
    return [one.lack for one in found(house)[service].findings]


def test_in_a_house_that_works_all_three_move(house: House) -> None:
    sitting = lunch(house)
    house.settle()
    reserve(house, sitting, Party(eaters=2))
    house.settle()
    tell(house)
    assert {one.motion for one in found(house).values()} == {Motion.MOVING}


def test_a_service_that_is_down_cannot_say_so_and_its_silence_does(house: House) -> None:
    tell(house)
    down_since = house.clock.at
    for _ in range(3):
        house.clock.pass_time(minutes=1)
        tell(house, "capacity", "notifications")
    assert found(house)["booking"].motion is Motion.SILENT
    assert found(house)["booking"].findings[0].since == down_since
    assert {found(house)[name].motion for name in ("capacity", "notifications")} == {Motion.MOVING}


def test_a_relay_that_publishes_nothing_is_stuck_and_not_silent(house: House) -> None:
    sitting = lunch(house)
    house.settle()
    reserve(house, sitting, Party(eaters=2))
    said_at = house.clock.at
    house.clock.pass_time(minutes=6)
    tell(house)
    (finding,) = found(house)["booking"].findings
    assert (finding.lack, finding.what, finding.motion) == (Lack.WAIT, "capacity", Motion.STUCK)
    assert finding.since == said_at


def test_letters_that_nobody_sends_are_late(house: House) -> None:
    sitting = lunch(house)
    house.settle()
    reserve(house, sitting, Party(eaters=2))
    house.settle()
    house.clock.pass_time(minutes=20)
    tell(house)
    assert lacks(house, "notifications") == [Lack.LETTERS]
    assert found(house)["notifications"].motion is Motion.STUCK


def test_what_was_laid_aside_is_told_with_its_kind_and_nobodys_name(house: House) -> None:
    service = house["booking"].service
    body = {"thing": "b", "revision": 1, "name": "Jeanne Exemple"}
    with service.work() as work:
        item = Item("seats_answer", "capacity", "b", 1, "c", 1, body)
        parked.mark(work.conn, service.tables.attempt, item)
        parked.note_error(work.conn, service.tables.attempt, item, "KeyError")
        parked.park(work.conn, service.tables.attempt, item, work.now)
    TimerHealth(service).failed("forget guests", ZeroDivisionError("Jeanne Exemple"))
    house.clock.pass_time(minutes=6)
    tellers(house)["booking"][0].tell()
    (told,) = house.office.waiting
    assert b"Jeanne" not in told.payload
    house.office.deliver_all()
    assert sorted(lacks(house, "booking")) == [Lack.PARKED, Lack.TIMER]
    assert {one.error for one in found(house)["booking"].findings} == {"KeyError", "ZeroDivisionError"}


def test_where_nobody_hears_nothing_is_told_so_that_nothing_heaps_up(house: House) -> None:
    teller, broker = tellers(house)["booking"]
    broker.hearers = 0
    assert not teller.tell()
    assert house.office.waiting == []


def test_without_a_broker_capacity_still_knows_how_it_is_itself(house: House) -> None:
    everybody = tellers(house)
    for _teller, broker in everybody.values():
        broker.away = True
    assert everybody["capacity"][0].tell()
    assert lacks(house, "capacity") == [Lack.BROKER]
    with pytest.raises(NotPublished):
        everybody["booking"][0].tell()
    assert found(house)["booking"].findings[0].elsewhere, "who hears nothing cannot say who is silent"


def test_it_is_neither_kept_in_an_outbox_nor_receipted(house: House) -> None:
    tell(house)
    for part in house.parts.values():
        with part.service.read() as conn:
            assert conn.execute(sa.select(part.service.tables.outbox)).all() == []
