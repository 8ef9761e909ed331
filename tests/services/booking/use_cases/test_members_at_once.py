"""Two hosts of one canteen note members at the same moment: each member is noted once, for one year."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import partial
from threading import Barrier

from services.booking.domain.complaints import Complaint, InvalidInput
from services.booking.domain.contact import Contact
from services.booking.domain.membership import Membership
from services.booking.domain.staff import Staff
from services.booking.store import memberships
from services.booking.use_cases.memberships import Register
from shared.contracts.staff import StaffRole
from tests.services.booking.house import CANTINE, STARTS_AT, BookingHouse

HOSTS = [Staff(id=one, name=one, role=StaffRole.HOST, cantines=(CANTINE.slug,)) for one in ("hugo", "nadia")]
ROUNDS = 10  # two threads do not meet each time
IN_A_YEAR, IN_TWO = date(2027, 11, 25), date(2028, 11, 25)


def register(house: BookingHouse) -> Register:
    return Register(service=house.service, links=house.links)


def at_once(*deeds: Callable[[], None]) -> list[Complaint]:
    """All of these start together. Gives what was complained of."""
    start = Barrier(len(deeds))

    def does(deed: Callable[[], None]) -> list[Complaint]:
        start.wait(timeout=10)
        try:
            deed()
        except InvalidInput as error:
            return list(error.complaints.values())
        return []

    with ThreadPoolExecutor(len(deeds)) as pool:
        found = [pool.submit(does, deed) for deed in deeds]
        return [complaint for one in found for complaint in one.result(timeout=60)]


def members(house: BookingHouse) -> list[Membership]:
    with house.service.read() as conn:
        return memberships.of_cantine(conn, CANTINE.slug)


def contact(number: int) -> Contact:
    return Contact(name=f"Camille Exemple{number}", email=f"camille{number}@example.org", phone=None, language="fr")


def test_whom_two_hosts_note_by_name_is_one_member(house: BookingHouse) -> None:
    house.announce()

    def notes(host: Staff, number: int) -> None:
        key = f"{host.id}-{number}"
        register(house).note_by_name(host.id, CANTINE, contact(number), key, another=False)

    for number in range(ROUNDS):
        said = at_once(*(partial(notes, host, number) for host in HOSTS))
        assert said == [Complaint.MEMBER_ALREADY], "who came second is told"
    assert len(members(house)) == len({one.name for one in members(house)}) == ROUNDS


def test_whom_two_hosts_note_as_they_arrive_is_one_member(house: BookingHouse) -> None:
    house.announce()
    guests = [house.book(who=contact(number)) for number in range(ROUNDS)]
    house.clock.at = STARTS_AT
    for guest in guests:
        at_once(*(partial(register(house).note, host, "lunch", guest, None) for host in HOSTS))
    assert len(members(house)) == ROUNDS and {one.until for one in members(house)} == {IN_A_YEAR}


def test_whom_one_renews_at_the_door_and_one_on_the_list_is_renewed_once(house: BookingHouse) -> None:
    house.announce()
    at_the_door, on_the_list = HOSTS
    guests = [house.book(who=contact(number)) for number in range(ROUNDS)]
    house.clock.at = STARTS_AT
    for guest in guests:
        register(house).note(at_the_door, "lunch", guest, None)
    house.clock.at += timedelta(days=350)
    for guest, member in zip(guests, sorted(members(house), key=lambda one: one.name), strict=True):
        at_once(
            partial(register(house).note, at_the_door, "lunch", guest, IN_A_YEAR),
            partial(register(house).renew, on_the_list, member.id, IN_A_YEAR),
        )
    assert [(one.until, one.before) for one in members(house)] == [(IN_TWO, IN_A_YEAR)] * ROUNDS
