"""A database is put back to an older copy: after `resay` all services agree, and nobody confirmed loses the seat."""

from services.booking.domain.standing import outcome
from shared.contracts.booking import BookingStatus
from shared.contracts.party import Party
from tests.stories.agree import differences
from tests.stories.copies import copy_of, put_back
from tests.stories.house import House
from tests.stories.residents import (
    booking_of,
    call_off,
    change_to,
    claims_of,
    lunch,
    reserve,
    rows,
    sitting_of,
)

TWO = Party(eaters=2)


def resay_all(house: House, *, restored: str) -> None:
    """As `docs/operate.md` says: the restored service last."""
    for name in sorted(house.parts, key=lambda name: name == restored):
        house[name].resay()
        house.settle()


def check_all_agree(house: House) -> None:
    """Booking, capacity and notifications say the same of every booking, and nobody is being checked."""
    claims = claims_of(house)
    known = {
        row.id: row for row in rows(house, "notifications", house["notifications"].metadata.tables["known_booking"])
    }
    ids = {row.id for row in rows(house, "booking", house["booking"].metadata.tables["booking"])}
    assert ids == set(claims) == set(known)
    for one in ids:
        booking = booking_of(house, one)
        now = outcome(booking)
        assert not now.checking
        assert booking.answer is not None
        assert booking.answer.answers == booking.revision == claims[one].request_revision
        assert booking.answer.held == claims[one].held
        assert known[one].status == now.status
    for service in house.parts:
        assert rows(house, service, house[service].service.tables.outbox) == []
    assert differences(house) == []


def test_booking_put_back_to_an_older_copy(house: House) -> None:
    sitting = lunch(house, seats=5)
    house.settle()
    stays = reserve(house, sitting, TWO, name="Stays")
    changes = reserve(house, sitting, Party(eaters=1), name="Changes")
    leaves = reserve(house, sitting, Party(eaters=1), name="Leaves")
    house.settle()
    copy = copy_of(house, "booking")
    house.clock.pass_time(minutes=5)
    change_to(house, changes, TWO)
    call_off(house, leaves)
    later = reserve(house, sitting, Party(eaters=1), name="Later")
    house.clock.pass_time(seconds=1)  # what is asked in one instant may arrive in any order
    waits = reserve(house, sitting, TWO, name="Waits")
    house.settle()
    put_back(house, "booking", copy)
    house.clock.pass_time(minutes=5)
    resay_all(house, restored="booking")

    check_all_agree(house)
    assert outcome(booking_of(house, stays)).status is BookingStatus.CONFIRMED
    assert outcome(booking_of(house, later)).status is BookingStatus.CONFIRMED
    assert outcome(booking_of(house, waits)).status is BookingStatus.WAITLISTED
    assert sitting_of(house, sitting).seating.held <= 5


def test_a_wish_that_an_older_copy_takes_for_the_present_one_is_not_forgotten(house: House) -> None:
    sitting = lunch(house, seats=5)
    house.settle()
    jeanne = reserve(house, sitting, TWO)
    house.settle()
    copy = copy_of(house, "booking")
    house.clock.pass_time(minutes=5)
    change_to(house, jeanne, Party(eaters=4))
    house.settle()
    put_back(house, "booking", copy)
    house.clock.pass_time(minutes=5)
    change_to(house, jeanne, TWO)  # as the copy has it, while capacity holds four
    house.settle()
    resay_all(house, restored="booking")

    check_all_agree(house)
    assert outcome(booking_of(house, jeanne)).party == TWO


def test_a_guest_whose_booking_was_lost_is_still_written_to(house: House) -> None:
    sitting = lunch(house)
    house.settle()
    copy = copy_of(house, "booking")
    lost = reserve(house, sitting, TWO, name="Lost", language="en")
    house.settle()
    put_back(house, "booking", copy)
    resay_all(house, restored="booking")
    known = house["notifications"].metadata.tables["known_booking"]
    (row,) = [row for row in rows(house, "notifications", known) if row.id == lost]
    assert (row.email, row.language) == ("lost@example.org", "en")


def test_capacity_put_back_to_an_older_copy_honours_every_confirmed_seat(house: House) -> None:
    sitting = lunch(house, seats=4)
    house.settle()
    first = reserve(house, sitting, TWO, name="First")
    house.settle()
    copy = copy_of(house, "capacity")
    house.clock.pass_time(minutes=5)
    call_off(house, first)
    second = reserve(house, sitting, TWO, name="Second")
    third = reserve(house, sitting, TWO, name="Third")
    house.settle()
    put_back(house, "capacity", copy)
    house.clock.pass_time(minutes=5)
    resay_all(house, restored="capacity")

    check_all_agree(house)
    for guest in (second, third):
        assert outcome(booking_of(house, guest)).status is BookingStatus.CONFIRMED
    assert sitting_of(house, sitting).seating.held == 4


def test_capacity_put_back_to_before_a_promotion_honours_it(house: House) -> None:
    sitting = lunch(house, seats=2)
    house.settle()
    first = reserve(house, sitting, TWO, name="First")
    house.settle()
    promoted = reserve(house, sitting, TWO, name="Promoted")
    house.settle()
    copy = copy_of(house, "capacity")
    house.clock.pass_time(minutes=5)
    call_off(house, first)
    house.settle()
    assert outcome(booking_of(house, promoted)).status is BookingStatus.CONFIRMED
    put_back(house, "capacity", copy)
    house.clock.pass_time(minutes=5)
    resay_all(house, restored="capacity")

    check_all_agree(house)
    assert outcome(booking_of(house, promoted)).status is BookingStatus.CONFIRMED
    assert sitting_of(house, sitting).seating.held == 2


def test_capacity_put_back_with_an_answer_unheard_does_not_unsay_the_promotion_that_followed(house: House) -> None:
    sitting = lunch(house, seats=2)
    house.settle()
    first = reserve(house, sitting, TWO, name="First")
    house.settle()
    promoted = reserve(house, sitting, TWO, name="Promoted")
    house.publish()
    house.office.deliver_all()  # capacity has answered “waitlisted”, and nobody has heard it
    copy = copy_of(house, "capacity")
    house.settle()
    house.clock.pass_time(minutes=5)
    call_off(house, first)
    house.settle()
    put_back(house, "capacity", copy)
    house.clock.pass_time(minutes=5)
    house.settle()
    assert outcome(booking_of(house, promoted)).status is BookingStatus.CONFIRMED
    resay_all(house, restored="capacity")
    check_all_agree(house)
    assert outcome(booking_of(house, promoted)).status is BookingStatus.CONFIRMED
    assert sitting_of(house, sitting).seating.held == 2


def test_booking_put_back_with_a_wish_unheard_does_not_undo_the_cancellation_that_followed(house: House) -> None:
    sitting = lunch(house)
    house.settle()
    leaves = reserve(house, sitting, TWO, name="Leaves")
    copy = copy_of(house, "booking")
    house.settle()
    house.clock.pass_time(minutes=5)
    call_off(house, leaves)
    house.settle()
    put_back(house, "booking", copy)
    house.clock.pass_time(minutes=5)
    house.settle()
    assert sitting_of(house, sitting).seating.held == 0
    resay_all(house, restored="booking")
    check_all_agree(house)
    assert outcome(booking_of(house, leaves)).status is BookingStatus.CANCELLED


def test_notifications_put_back_to_an_older_copy(house: House) -> None:
    sitting = lunch(house)
    house.settle()
    copy = copy_of(house, "notifications")
    guest = reserve(house, sitting, TWO)
    house.settle()
    put_back(house, "notifications", copy)
    resay_all(house, restored="notifications")
    check_all_agree(house)
    assert outcome(booking_of(house, guest)).status is BookingStatus.CONFIRMED
