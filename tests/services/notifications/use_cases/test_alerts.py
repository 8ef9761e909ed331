"""Alerts are told once, by the way that each member of staff wishes, at an hour that suits."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from services.notifications.domain.letter import LetterState
from shared.contracts.alert import AlertKind, Recipient, Severity, Way, Wishes
from tests.services.notifications.house import TUESDAY, NotificationsHouse, ScriptedProvider

ANA = Recipient(name="Ana", email="ana@example.org", language="fr", phone="+33639980051")
BO = Recipient(name="Bo", email="bo@example.org", language="en")
URGENT, IMPORTANT, ROUTINE = Severity.URGENT, Severity.IMPORTANT, Severity.ROUTINE
NIGHT = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)  # 23:30 in Paris
SEVEN = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
EIGHT = datetime(2026, 11, 25, 7, 0, tzinfo=UTC)


@pytest.fixture
def house(house: NotificationsHouse) -> NotificationsHouse:
    house.announce()
    return house


def told(house: NotificationsHouse) -> list[tuple[str, str]]:
    """Send what is due: (address, subject) of all mail so far; an SMS has no subject."""
    house.ring()
    while house.send():
        pass
    return sorted((mail.address, mail.subject) for mail in house.mail())


def addresses(house: NotificationsHouse) -> list[str]:
    return [address for address, _subject in told(house)]


def test_each_who_is_told_hears_of_it_once(house: NotificationsHouse) -> None:
    house.alert(ANA, BO)
    house.alert(BO, ANA, covers=35)
    assert addresses(house) == [ANA.email, BO.email]


def test_who_was_removed_or_looks_after_other_cantines_now_is_not_told_any_more(house: NotificationsHouse) -> None:
    house.staff("ana")
    house.staff("bo")
    for staff, wishes in (("ana", Wishes()), ("bo", Wishes(important=Way.DIGEST))):
        house.alert(replace(BO, email=f"{staff}@example.org", staff=staff, wishes=wishes), thing=f"of {staff}")
    house.alert(replace(BO, email="new@example.org", staff="not heard of yet"), thing="of somebody new")
    house.staff("ana", revoked=True)
    house.staff("bo", cantines=("metz-sablon",))
    house.clock.at = EIGHT + timedelta(days=1)
    assert addresses(house) == ["new@example.org"]


def test_it_waits_until_its_meal_is_known(house: NotificationsHouse) -> None:
    house.alert(ANA, sitting="dinner")
    assert addresses(house) == []
    house.sitting = replace(house.sitting, thing="dinner")
    house.announce()
    house.clock.pass_time(seconds=3)
    assert addresses(house) == [ANA.email]


def test_what_is_urgent_goes_by_sms_if_there_is_a_number_and_a_provider(house: NotificationsHouse) -> None:
    house.alert(ANA, BO, severity=URGENT)
    assert addresses(house) == [ANA.phone, BO.email]


def test_where_no_sms_can_be_sent_it_goes_by_e_mail(house: NotificationsHouse) -> None:
    provider = ScriptedProvider()
    house.alert(ANA, severity=URGENT)
    house.send(email=provider)
    assert [outgoing.to for outgoing in provider.received] == [ANA.email]


def test_everybody_may_wish_otherwise(house: NotificationsHouse) -> None:
    calm = Wishes(urgent=Way.EMAIL, important=Way.DIGEST, routine=Way.EMAIL)
    for severity in Severity:
        house.alert(replace(ANA, wishes=calm), thing=severity, severity=severity)
    assert addresses(house) == [ANA.email, ANA.email]


def test_what_has_become_worse_is_told_again_and_what_is_only_updated_is_not(house: NotificationsHouse) -> None:
    house.alert(ANA, severity=IMPORTANT)
    assert addresses(house) == [ANA.email]
    house.alert(ANA, severity=IMPORTANT, covers=40)
    assert addresses(house) == [ANA.email]
    house.alert(ANA, severity=URGENT)
    assert addresses(house) == [ANA.phone, ANA.email]
    house.alert(ANA, severity=URGENT, raised_at=TUESDAY + timedelta(days=1))  # it was gone, and came back
    assert len(addresses(house)) == 3


def test_it_is_told_with_its_latest_facts(house: NotificationsHouse) -> None:
    house.clock.at = NIGHT
    house.alert(ANA, covers=34)
    house.alert(ANA, covers=36)
    house.clock.at = SEVEN
    told(house)
    assert "36 personnes" in house.mail()[0].text


class TestAtNight:
    def test_nobody_is_disturbed_until_morning(self, house: NotificationsHouse) -> None:
        house.clock.at = NIGHT
        house.alert(ANA, severity=URGENT)
        assert addresses(house) == []
        house.clock.at = SEVEN - timedelta(seconds=1)
        assert addresses(house) == []
        house.clock.at = SEVEN
        assert addresses(house) == [ANA.phone]

    def test_what_concerns_the_meal_of_the_morning_cannot_wait(self, house: NotificationsHouse) -> None:
        house.clock.at = NIGHT
        house.alert(ANA, severity=URGENT, cooking_at=SEVEN + timedelta(hours=2, minutes=30))
        assert addresses(house) == [ANA.phone]

    @pytest.mark.parametrize("change", [{"standing": False}, {"severity": URGENT}])
    def test_what_has_changed_by_morning_is_not_told_as_it_was(
        self, house: NotificationsHouse, change: dict[str, Any]
    ) -> None:
        house.clock.at = NIGHT
        house.alert(ANA)
        house.alert(ANA, **change)
        house.clock.at = SEVEN
        assert addresses(house) == ([] if "standing" in change else [ANA.phone])
        states = [row.state for row in house.rows(None)]
        assert states.count(LetterState.DROPPED) == 1


class TestTheDigest:
    def test_is_one_letter_a_day_for_each_person(self, house: NotificationsHouse) -> None:
        for number, kind in enumerate((AlertKind.SITTING_FULL, AlertKind.NO_MENU, AlertKind.WAITLIST_GROWING)):
            house.alert(ANA, BO, thing=f"alert {number}", alert=kind, severity=ROUTINE)
        assert addresses(house) == []
        house.clock.at = EIGHT
        assert told(house) == [(ANA.email, "3 nouvelles de vos repas"), (BO.email, "3 things about your meals")]

    def test_comes_at_the_hour_that_one_likes(self, house: NotificationsHouse) -> None:
        evening = replace(ANA, wishes=Wishes(digest_at=time(18)))
        house.alert(evening, severity=ROUTINE)
        house.clock.at = TUESDAY.replace(hour=17)
        assert addresses(house) == [ANA.email]

    def test_what_comes_after_it_left_is_told_the_next_day(self, house: NotificationsHouse) -> None:
        house.alert(ANA, severity=ROUTINE)
        house.clock.at = EIGHT - timedelta(seconds=1)
        house.alert(ANA, thing="just in time", severity=ROUTINE)
        house.clock.at = EIGHT
        assert addresses(house) == [ANA.email]
        house.alert(ANA, thing="too late", severity=ROUTINE)
        assert addresses(house) == [ANA.email]
        house.clock.pass_time(days=1)
        assert told(house)[1:] == [(ANA.email, "Une nouvelle de vos repas")]

    def test_that_is_in_the_hands_of_the_sender_takes_no_more(self, house: NotificationsHouse) -> None:
        house.alert(ANA, severity=ROUTINE)
        house.clock.at = EIGHT
        told(house)
        house.clock.at = EIGHT - timedelta(seconds=1)  # put back: today's digest seems still to come
        house.alert(ANA, thing="other", severity=ROUTINE)
        house.clock.at = EIGHT + timedelta(days=1)
        assert len(told(house)) == 2

    def test_tells_nothing_twice(self, house: NotificationsHouse) -> None:
        for _ in range(2):
            house.alert(ANA, severity=ROUTINE)
            house.clock.pass_time(days=1)
            assert addresses(house) == [ANA.email]

    def test_leaves_out_what_has_passed_and_is_not_sent_if_nothing_is_left(self, house: NotificationsHouse) -> None:
        for thing in ("one", "other"):
            house.alert(ANA, BO if thing == "one" else ANA, thing=thing, severity=ROUTINE)
        house.alert(ANA, BO, thing="one", severity=ROUTINE, standing=False)
        house.clock.at = EIGHT
        assert told(house) == [(ANA.email, "Une nouvelle de vos repas")]

    def test_leaves_out_what_was_told_at_once_since(self, house: NotificationsHouse) -> None:
        house.alert(ANA, severity=ROUTINE)
        house.alert(ANA, severity=URGENT)
        house.clock.at = EIGHT
        assert addresses(house) == [ANA.phone]


def test_what_was_gone_when_its_letter_was_due_and_is_back_is_told_after_all(house: NotificationsHouse) -> None:
    house.clock.at = NIGHT
    house.alert(ANA, severity=URGENT)
    house.clock.at = SEVEN
    house.alert(ANA, severity=URGENT, standing=False)
    assert addresses(house) == []
    house.clock.pass_time(minutes=10)
    house.alert(ANA, severity=URGENT)
    assert addresses(house) == [ANA.phone]
    house.alert(ANA, severity=URGENT, covers=40)
    assert addresses(house) == [ANA.phone]


def test_what_was_gone_when_the_digest_left_and_is_back_stands_in_the_next(house: NotificationsHouse) -> None:
    for thing in ("stays", "swings"):
        house.alert(ANA, thing=thing, severity=ROUTINE)
    house.alert(ANA, thing="swings", severity=ROUTINE, standing=False)
    house.clock.at = EIGHT
    assert addresses(house) == [ANA.email]
    house.clock.pass_time(minutes=10)
    house.alert(ANA, thing="swings", severity=ROUTINE)
    house.clock.at = EIGHT + timedelta(days=1)
    assert addresses(house) == [ANA.email, ANA.email]
