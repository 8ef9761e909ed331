"""Who is a member: by name and contact together; a person decides where one of the two is another."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from services.booking.domain.membership import (
    Known,
    Membership,
    Sought,
    a_year_after,
    known,
    known_as,
    noted,
    taken_back,
)

TODAY, NOW = date(2026, 11, 26), datetime(2026, 11, 26, 11, tzinfo=UTC)
JEANNE = Sought(name="Jeanne Exemple", emails=("mark-of-the-household",), phones=("mark-of-jeanne",))
PAUL = Sought(name="Paul Exemple", emails=("mark-of-the-household",))


def joins(who: Sought, *others: Membership, today: date = TODAY) -> Membership:
    return noted(who, known(who, others, today, NOW), new_id=who.name, cantine="lyon-saone", by="hugo")


def seen(who: Sought, *some: Membership, today: date = TODAY) -> Known:
    return known(who, some, today, NOW)


def test_a_membership_lasts_a_year_and_that_day() -> None:
    one = joins(JEANNE)
    assert one.until == date(2027, 11, 26) and one.lasts(date(2027, 11, 26)) and not one.lasts(date(2027, 11, 27))
    assert a_year_after(date(2028, 2, 29)) == date(2029, 2, 28)


@pytest.mark.parametrize("name", ["jeanne EXEMPLE", "Mme Exemple, Jeanne", "Jéanne  Exemple", "Exemple-Jeanne"])
def test_a_name_is_the_same_however_it_is_written(name: str) -> None:
    assert seen(replace(JEANNE, name=name), joins(JEANNE)).is_member


def test_any_name_can_be_compared() -> None:
    assert (
        known_as("Mme") == "mme"
        and known_as("!") == "!"
        and len(known_as("\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 80)) == 200
    )


def test_a_couple_at_one_address_is_two_members() -> None:
    jeanne = joins(JEANNE)
    paul = seen(PAUL, jeanne)
    assert not paul.is_member and paul.beside == (jeanne,)
    both = jeanne, joins(PAUL, jeanne)
    assert [one.name for one in both] == ["Jeanne Exemple", "Paul Exemple"]
    assert seen(JEANNE, *both).own == both[0] and seen(PAUL, *both).own == both[1]


def test_who_has_another_contact_now_is_asked_for_and_then_known_by_it() -> None:
    jeanne, moved = joins(JEANNE), replace(JEANNE, emails=("new", "new under an older key"), phones=())
    asked = seen(moved, jeanne)
    assert not asked.is_member and asked.namesakes == (jeanne,) and asked.reached
    again = moved.recognised(jeanne)
    assert (again.email, again.phone) == ("new", None) and seen(moved, again).is_member
    assert seen(JEANNE, again).namesakes == (again,)


def test_who_gives_one_of_two_contacts_is_known_and_under_an_older_key_too() -> None:
    assert seen(replace(JEANNE, emails=()), joins(JEANNE)).is_member
    assert seen(replace(JEANNE, emails=("newer", "mark-of-the-household"), phones=()), joins(JEANNE)).is_member


def test_who_has_no_contact_is_known_by_the_name_alone() -> None:
    nobody = Sought(name="Jeanne Exemple")
    assert seen(nobody, joins(nobody)).is_member
    of_another = seen(nobody, joins(JEANNE))
    assert not of_another.is_member and of_another.namesakes and not of_another.reached
    assert seen(Sought(name="Ana Voisine"), joins(nobody)).beside == ()


def test_who_renews_early_loses_no_day_and_who_is_late_begins_anew() -> None:
    one = joins(JEANNE)
    assert not seen(JEANNE, one, today=date(2027, 9, 27)).may_be_noted
    early, late = date(2027, 9, 28), date(2028, 1, 5)
    assert seen(JEANNE, one, today=early).may_be_noted
    assert joins(JEANNE, one, today=early).until == date(2028, 11, 26)
    assert joins(JEANNE, one, today=late).until == date(2029, 1, 5)


def test_a_slip_of_the_finger_is_taken_back_to_what_was() -> None:
    one = joins(JEANNE)
    assert taken_back(one) is None
    again = taken_back(joins(JEANNE, one, today=date(2027, 11, 1)))
    assert again and again.until == one.until and not again.may_be_taken_back(NOW)


def test_who_renews_with_one_contact_alone_is_still_known_by_the_other() -> None:
    one = joins(JEANNE)
    again = joins(replace(JEANNE, emails=("newer",)), one, today=date(2027, 11, 1))
    assert (again.email, again.phone) == ("newer", "mark-of-jeanne")
    by_email_alone = joins(replace(JEANNE, phones=()), one, today=date(2027, 11, 1))
    assert (by_email_alone.email, by_email_alone.phone) == ("mark-of-the-household", "mark-of-jeanne")
