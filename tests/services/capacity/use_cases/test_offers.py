"""Offers fall due: in the database, with what is said to the others."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.capacity.domain.claims import Claim
from services.capacity.use_cases.edit_sitting import edit_sitting
from services.capacity.use_cases.expire_offers import expire_offers
from services.capacity.use_cases.look_after_alerts import look_at_alerts
from shared.contracts.alert import AlertKind, CapacityAlert
from shared.contracts.party import NOBODY, Party
from shared.contracts.seats import OfferReply, SeatsAnswer, Standing, Why
from shared.contracts.sitting import SittingNotice
from tests.services.capacity.house import BY, URL, CapacityHouse

TWO = Party(eaters=2)


def lunch_of_tomorrow(house: CapacityHouse, waiting: int) -> str:
    """Two seats have come free; so many parties of two wait, of which the first is asked."""
    sitting = house.opens(seats=2, cook_places=0, day=date(2026, 11, 25))
    house.asked(sitting, "full", TWO)
    house.hears(*[house.asks(sitting, f"w{number:02}", TWO) for number in range(waiting)])
    house.asked(sitting, "full", NOBODY)
    return sitting


def test_an_offer_is_kept_and_said_with_its_end(house: CapacityHouse) -> None:
    sitting = lunch_of_tomorrow(house, waiting=2)
    claim = house.claim("w00")
    assert (claim.standing, claim.kept) == (Standing.OFFERED, TWO)
    assert house.said(SeatsAnswer)["w00"].offer == claim.offer
    assert house.said(SittingNotice)[sitting].seats_left == 0
    assert house.sitting(sitting).seating.offered == 1


def test_when_its_time_is_over_the_next_is_asked_and_then_the_next(house: CapacityHouse) -> None:
    sitting = lunch_of_tomorrow(house, waiting=20)
    for number in range(3):
        assert expire_offers(house.parts.service, URL) == 0
        house.clock.pass_time(hours=2, minutes=1, seconds=1)
        assert expire_offers(house.parts.service, URL) == 1
        gone, asked = house.claim(f"w{number:02}"), house.claim(f"w{number + 1:02}")
        assert (gone.why, asked.standing) == (Why.OFFER_EXPIRED, Standing.OFFERED)
    assert house.sitting(sitting).seating.held == 2
    assert house.sitting(sitting).seating.waitlist_length == 16


def test_a_yes_is_applied_once_however_often_it_comes(house: CapacityHouse) -> None:
    sitting = lunch_of_tomorrow(house, waiting=2)
    claim = house.claim("w00")
    yes = says(house, sitting, claim, accepted=True)
    house.hears(yes)
    house.hears(yes)
    assert (house.claim("w00").held, house.sitting(sitting).seating.held) == (TWO, 2)
    assert house.claim("w01").standing is Standing.WAITLISTED


def says(house: CapacityHouse, sitting: str, claim: Claim, *, accepted: bool):  # type: ignore[no-untyped-def]
    assert claim.offer
    request = house.asks(sitting, claim.booking, claim.wished)
    reply = OfferReply(offer=claim.offer.id, accepted=accepted, at=house.clock.at)
    return replace(request, asked_at=claim.asked_at, reply=reply)


def untaken(house: CapacityHouse) -> CapacityAlert | None:
    """The alert that nobody took what was offered, as it stands."""
    alerts = [one for one in house.said(CapacityAlert).values() if one.alert is AlertKind.OFFER_UNTAKEN]
    return next((one for one in alerts if one.standing), None)


def test_places_that_nobody_took_are_told_of_once_until_they_are_taken(house: CapacityHouse) -> None:
    sitting = lunch_of_tomorrow(house, waiting=2)
    house.clock.pass_time(hours=2, minutes=1, seconds=1)
    expire_offers(house.parts.service, URL)
    assert untaken(house) is None  # the next in line is asked
    house.clock.pass_time(hours=2, minutes=1, seconds=1)
    expire_offers(house.parts.service, URL)
    alert = untaken(house)
    assert alert and alert.facts["untaken"] == 2
    assert house.sitting(sitting).seating.untaken == 2
    house.asked(sitting, "walks by", Party(eaters=1))
    assert house.sitting(sitting).seating.untaken == 1
    again = untaken(house)
    assert again and again.revision == alert.revision
    house.asked(sitting, "another", Party(eaters=1))
    assert untaken(house) is None


def test_a_no_of_the_last_in_line_is_told_of_too_and_a_meal_that_is_over_is_not(house: CapacityHouse) -> None:
    sitting = lunch_of_tomorrow(house, waiting=1)
    house.hears(says(house, sitting, house.claim("w00"), accepted=False))
    assert untaken(house)
    house.clock.pass_time(days=2)
    look_at_alerts(house.parts.service, URL)
    assert untaken(house) is None


def test_a_meal_that_moves_begins_anew(house: CapacityHouse) -> None:
    sitting = lunch_of_tomorrow(house, waiting=1)
    house.hears(says(house, sitting, house.claim("w00"), accepted=False))
    with house.parts.service.work() as work:
        edit_sitting(work, sitting, replace(house.sitting(sitting).plan, date=date(2026, 12, 1)), URL, BY)
    assert house.sitting(sitting).seating.untaken == 0
    assert untaken(house) is None


@pytest.mark.parametrize("declines", [False, True])
def test_an_offer_that_passes_long_after_the_cutoff_is_no_late_change(house: CapacityHouse, declines: bool) -> None:
    sitting = lunch_of_tomorrow(house, waiting=1)
    house.clock.at = house.sitting(sitting).seating.cutoff_at + timedelta(minutes=30)  # nothing ran until now
    if declines:
        house.hears(says(house, sitting, house.claim("w00"), accepted=False))
    expire_offers(house.parts.service, URL)
    look_at_alerts(house.parts.service, URL)
    assert house.sitting(sitting).seating.held == 0
    late = [one for one in house.said(CapacityAlert).values() if one.alert is AlertKind.LATE_CHANGE]
    assert not late
