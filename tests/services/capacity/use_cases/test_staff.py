"""Staff are invited, changed and removed; booking and notifications hear of it, and it is noted."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from services.capacity.domain.staff import KnownAlready, LinkExpired, LinkUsed, NoSuchStaff, NotYours, Staff
from services.capacity.store import staff as staff_store
from services.capacity.use_cases.add_coordinator import add_coordinator
from services.capacity.use_cases.manage_staff import change, invite, let_go, look_at_team
from services.capacity.use_cases.open_tablet import open_tablet, use_code
from shared.contracts.alert import CapacityAlert
from shared.contracts.party import Party
from shared.contracts.receipt import Kept
from shared.contracts.staff import StaffNotice, StaffRole
from tests.services.capacity.house import CapacityHouse


def found(house: CapacityHouse, staff_id: str) -> Staff | None:
    with house.parts.service.read() as conn:
        return staff_store.find(conn, staff_id)


def camille(house: CapacityHouse) -> Staff:
    person = found(house, house.camille)
    assert person
    return person


def invited(house: CapacityHouse, email: str = "paul@example.org", role: StaffRole = StaffRole.HELPER) -> str:
    with house.parts.service.work() as work:
        vaise = frozenset({"lyon-vaise"})
        return invite(work, camille(house), email=email, name="Paul", language="fr", role=role, cantines=vaise).id


def test_booking_and_notifications_hear_of_everybody(house: CapacityHouse) -> None:
    for receiver in ("booking", "notifications"):
        notice = house.said(StaffNotice, receiver)[house.camille]
        assert (notice.name, notice.role, notice.cantines) == ("Camille Rey", "coordinator", ("lyon-vaise",))


def test_an_administrator_looks_after_the_cantines_of_tomorrow_too(house: CapacityHouse) -> None:
    with house.parts.service.work() as work:
        nora = add_coordinator(
            work, email="nora@example.org", name="Nora", language="fr", cantines=(), role=StaffRole.ADMINISTRATOR
        ).id
    person = found(house, nora)
    assert person and person.cantines == ("lyon-vaise", "metz-sablon")
    assert house.said(StaffNotice, "booking")[nora].cantines == ()


def test_whoever_is_removed_is_said_to_be_so_under_a_higher_revision_and_forgotten(house: CapacityHouse) -> None:
    paul = invited(house)
    before = house.said(StaffNotice, "booking")[paul]
    with house.parts.service.work() as work:
        let_go(work, camille(house), paul)
    after = house.said(StaffNotice, "booking")[paul]
    assert (after.revoked, after.name, after.cantines) == (True, "", ())
    assert after.revision > before.revision
    assert found(house, paul) is None
    house.forget_what_was_said()
    house.parts.resay()
    assert house.said(StaffNotice, "notifications")[paul].revoked


def test_who_comes_back_is_somebody_new_so_that_no_old_session_wakes(house: CapacityHouse) -> None:
    paul = invited(house)
    with house.parts.service.work() as work:
        let_go(work, camille(house), paul)
    assert invited(house) != paul


def test_one_address_is_one_person(house: CapacityHouse) -> None:
    with pytest.raises(KnownAlready):
        invited(house, "Camille@example.org")


def test_of_two_invitations_at_once_one_is_told_that_the_address_is_known(house: CapacityHouse) -> None:
    together = Barrier(2)

    def click(_: int) -> bool:
        together.wait(timeout=10)
        try:
            invited(house)
        except KnownAlready:
            return False
        return True

    with ThreadPoolExecutor(2) as clicks:
        assert sorted(clicks.map(click, range(2))) == [False, True]


def test_of_two_administrators_who_remove_each_other_at_once_one_stays(house: CapacityHouse) -> None:
    with house.parts.service.work() as work:
        for name in ("nora", "omar"):
            add_coordinator(
                work, email=f"{name}@example.org", name=name, language="fr", cantines=(), role=StaffRole.ADMINISTRATOR
            )
    with house.parts.service.read() as conn:
        two = staff_store.administrators(conn)
    together = Barrier(2)

    def remove(me: Staff, other: Staff) -> bool:
        together.wait(timeout=10)
        try:
            with house.parts.service.work() as work:
                let_go(work, me, other.id)
        except NoSuchStaff:
            return False
        return True

    with ThreadPoolExecutor(2) as clicks:
        assert sorted(clicks.map(remove, two, reversed(two))) == [False, True]


def test_nobody_reaches_into_a_cantine_that_is_not_theirs(house: CapacityHouse) -> None:
    with house.parts.service.work() as work:
        hugo = add_coordinator(work, email="hugo@example.org", name="Hugo", language="fr", cantines=("metz-sablon",))
    for reach in (
        lambda work: let_go(work, camille(house), hugo.id),
        lambda work: change(work, camille(house), hugo.id, role=StaffRole.HELPER, cantines=frozenset()),
    ):
        with pytest.raises(NoSuchStaff), house.parts.service.work() as work:
            reach(work)
    with pytest.raises(NotYours), house.parts.service.work() as work:
        open_tablet(work, camille(house), cantine="metz-sablon", name="Tablet")
    assert hugo.name not in {one.name for one in look_at_team(house.parts.service, camille(house)).people}


def test_what_was_done_about_staff_is_noted(house: CapacityHouse) -> None:
    paul = invited(house)
    with house.parts.service.work() as work:
        change(work, camille(house), paul, role=StaffRole.COORDINATOR, cantines=frozenset({"lyon-vaise"}))
    with house.parts.service.work() as work:
        change(work, camille(house), paul, role=StaffRole.COORDINATOR, cantines=frozenset())
    deeds = look_at_team(house.parts.service, camille(house)).deeds
    assert [(done.by, done.deed.value, done.whom, done.role.value) for done in deeds] == [
        ("Camille Rey", "removed", "Paul", "coordinator"),
        ("Camille Rey", "changed", "Paul", "coordinator"),
        ("Camille Rey", "invited", "Paul", "helper"),
        (None, "invited", "Camille Rey", "coordinator"),
    ]


def test_a_code_opens_one_tablet_once_and_for_twelve_hours(house: CapacityHouse) -> None:
    with house.parts.service.work() as work:
        code = open_tablet(work, camille(house), cantine="lyon-vaise", name="Accueil")
    with house.parts.service.work() as work:
        tablet = use_code(work, code.lower().replace("-", " "))
    assert (tablet.role, tablet.cantines) == ("helper", ("lyon-vaise",))
    with pytest.raises(LinkUsed), house.parts.service.work() as work:
        use_code(work, code)
    house.clock.pass_time(hours=11)
    house.parts.timers["end tablets"]()
    assert found(house, tablet.id)
    house.clock.pass_time(hours=2)
    house.parts.timers["end tablets"]()
    assert found(house, tablet.id) is None
    assert house.said(StaffNotice, "booking")[tablet.id].revoked


def test_a_code_that_nobody_typed_is_over_after_ten_minutes(house: CapacityHouse) -> None:
    with house.parts.service.work() as work:
        code = open_tablet(work, camille(house), cantine="lyon-vaise", name="Accueil")
    house.clock.pass_time(minutes=11)
    with pytest.raises(LinkExpired), house.parts.service.work() as work:
        use_code(work, code)


def test_no_helper_is_disturbed_by_an_alert(house: CapacityHouse) -> None:
    invited(house)
    sitting = house.opens(seats=1, cook_places=1)
    house.asked(sitting, "a", Party(eaters=1))
    (alert,) = house.said(CapacityAlert).values()
    assert [one.email for one in alert.recipients] == ["camille@example.org"]


def test_who_keeps_more_than_we_have_hears_a_higher_revision(house: CapacityHouse) -> None:
    house.receipts("booking", "staff_notice", [Kept(thing=house.camille, revision=10**18)])
    assert house.said(StaffNotice, "booking")[house.camille].revision == 10**18 + 1
