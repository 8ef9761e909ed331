"""Staff sign in by a link in their mailbox."""

import pytest

from services.capacity.domain.staff import LinkExpired, LinkUsed, Staff, UnknownCantine
from services.capacity.use_cases.add_coordinator import add_coordinator
from services.capacity.use_cases.ask_to_sign_in import ask_to_sign_in
from services.capacity.use_cases.use_sign_in_link import check_sign_in_link, forget_old_links, use_sign_in_link
from shared.contracts.sign_in import SignInLink
from shared.links import ForgedLink
from tests.services.capacity.house import URL, CapacityHouse


def asked(house: CapacityHouse, email: str = "camille@example.org") -> None:
    with house.parts.service.work() as work:
        ask_to_sign_in(work, email, house.links, URL)


def token(house: CapacityHouse) -> str:
    (link,) = house.said(SignInLink).values()
    assert link.link.startswith(f"{URL}/coordination/sign-in/")
    return link.link.rsplit("/", 1)[1]


def used(house: CapacityHouse, token: str) -> Staff:
    with house.parts.service.work() as work:
        return use_sign_in_link(work, token, house.links)


def test_a_coordinator_gets_a_link_however_they_write_their_address(house: CapacityHouse) -> None:
    asked(house, " CAMILLE@example.ORG ")
    (link,) = house.said(SignInLink).values()
    assert (link.email, link.name, link.language) == ("camille@example.org", "Camille Rey", "fr")
    person = used(house, token(house))
    assert (person.id, person.cantines) == (house.camille, ("lyon-vaise",))


def test_a_stranger_gets_nothing(house: CapacityHouse) -> None:
    asked(house, "stranger@example.org")
    assert house.said(SignInLink) == {}


def test_a_link_opens_the_door_once(house: CapacityHouse) -> None:
    asked(house)
    used(house, token(house))
    with pytest.raises(LinkUsed):
        used(house, token(house))


def test_looking_at_a_link_does_not_use_it(house: CapacityHouse) -> None:
    asked(house)
    with house.parts.service.read() as conn:
        check_sign_in_link(conn, token(house), house.links, house.clock.at)
    used(house, token(house))


def test_a_link_is_good_for_half_an_hour(house: CapacityHouse) -> None:
    asked(house)
    house.clock.pass_time(minutes=30)
    with pytest.raises(LinkExpired):
        used(house, token(house))


def test_a_forged_link_opens_nothing(house: CapacityHouse) -> None:
    asked(house)
    with pytest.raises(ForgedLink):
        used(house, token(house) + "x")
    with pytest.raises(ForgedLink):
        used(house, house.links.sign("booking", "something"))


def test_five_links_at_once_are_enough_and_nobody_is_kept_out(house: CapacityHouse) -> None:
    for _ in range(7):
        asked(house)
    assert len(house.said(SignInLink)) == 5
    house.clock.pass_time(minutes=31)  # none of them opens any more
    asked(house)
    assert len(house.said(SignInLink)) == 6


def test_old_links_are_forgotten(house: CapacityHouse) -> None:
    asked(house)
    house.clock.pass_time(hours=2)
    assert forget_old_links(house.parts.service) == 0
    house.clock.pass_time(days=2)
    assert forget_old_links(house.parts.service) == 1
    with pytest.raises(LinkExpired):
        used(house, token(house))


def test_the_care_of_cantines_can_change(house: CapacityHouse) -> None:
    with house.parts.service.work() as work:
        same = add_coordinator(
            work, email="camille@example.org", name="Camille Rey", language="en", cantines=["metz-sablon"]
        )
    assert (same.id, same.cantines) == (house.camille, ("metz-sablon",))
    with house.parts.service.work() as work, pytest.raises(UnknownCantine):
        add_coordinator(work, email="x@example.org", name="X", language="fr", cantines=["nowhere"])
