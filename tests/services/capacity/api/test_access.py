"""Who may come in, and to what."""

import sqlalchemy as sa

from services.capacity.store.tables import staff, token
from services.capacity.use_cases.add_coordinator import add_coordinator, remove_staff
from services.capacity.use_cases.look import find_staff
from services.capacity.use_cases.tokens import revoke_token, tokens_of
from shared.contracts.sitting import SittingStatus
from shared.contracts.staff import StaffRole
from tests.services.capacity.api.conftest import API, Program
from tests.services.capacity.house import CapacityHouse
from tests.services.capacity.pages.conftest import Browser

PROBLEM = "application/problem+json"


def test_a_program_without_a_token_is_told_what_it_needs(house: CapacityHouse) -> None:
    answer = house.web.test_client().get(f"{API}/sittings")
    assert (answer.status_code, answer.mimetype) == (401, PROBLEM)
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_what_is_no_token_opens_nothing(house: CapacityHouse) -> None:
    client = house.web.test_client()
    for header in ("", "Bearer", "Bearer ", "Bearer tablee_wrong", "Basic x", "Bearer é\x00"):
        assert client.get(f"{API}/sittings", headers={"Authorization": header}).status_code == 401


def test_a_session_opens_nothing_here(house: CapacityHouse) -> None:
    camille = Browser(house.web.test_client(), house)
    camille.signs_in()
    assert camille.opens("/coordination/").status_code == 200
    assert camille.opens(f"{API}/sittings").status_code == 401


def test_a_token_that_is_withdrawn_opens_nothing_any_more(program: Program) -> None:
    service, camille = program.house.parts.service, program.house.camille
    assert program.calls("GET", "/sittings").status_code == 200
    person = find_staff(service, camille)
    assert person
    with service.work() as work:
        revoke_token(work, person, tokens_of(service, person)[0].id)
    assert program.calls("GET", "/sittings").status_code == 401


def test_who_leaves_a_cantine_loses_it_at_once(program: Program) -> None:
    sitting = program.house.opens()
    assert program.calls("GET", f"/sittings/{sitting}").status_code == 200
    with program.house.parts.service.work() as work:
        add_coordinator(work, email="camille@example.org", name="Camille", language="fr", cantines=["metz-sablon"])
    assert program.calls("GET", f"/sittings/{sitting}").status_code == 404
    assert program.reads("/sittings")["items"] == []


def test_who_is_removed_loses_their_programs_at_once(program: Program) -> None:
    with program.house.parts.service.work() as work:
        remove_staff(work, "camille@example.org")
    assert program.calls("GET", "/sittings").status_code == 401


def test_a_helper_plans_no_meals_by_program_either(program: Program) -> None:
    with program.house.parts.service.work() as work:
        work.conn.execute(sa.update(staff).values(role=StaffRole.HELPER))
    answer = program.calls("GET", "/sittings")
    assert (answer.status_code, answer.mimetype) == (403, PROBLEM)


def test_an_administrator_plans_meals_everywhere(program: Program) -> None:
    with program.house.parts.service.work() as work:
        work.conn.execute(sa.update(staff).values(role=StaffRole.ADMINISTRATOR))
    program.house.opens(cantine="metz-sablon")
    assert program.reads("/sittings?cantine=metz-sablon")["total"] == 1


def test_the_meals_of_others_are_not_there(program: Program, stranger: Program) -> None:
    sitting = program.house.opens()
    for method in ("GET", "PATCH", "DELETE"):
        answer = stranger.calls(method, f"/sittings/{sitting}", json={"menu": "Mine"} if method == "PATCH" else None)
        assert (answer.status_code, answer.mimetype) == (404, PROBLEM)
    kept = program.house.sitting(sitting)
    assert (kept.seating.status, kept.menu) == (SittingStatus.OPEN, "Velouté de potimarron, parmentier, compote")


def test_the_cantines_of_others_are_named_as_such(stranger: Program) -> None:
    stranger.house.opens()
    assert stranger.reads("/sittings")["items"] == []
    answer = stranger.calls("GET", "/sittings?cantine=lyon-vaise")
    assert (answer.status_code, answer.mimetype) == (403, PROBLEM)


def test_only_the_digest_of_a_token_is_kept(program: Program) -> None:
    with program.house.parts.service.read() as conn:
        (row,) = conn.execute(sa.select(token))
    assert program.secret not in str(row) and len(row.digest) == 64


def test_the_last_use_is_noted_once_a_minute(program: Program) -> None:
    def last_use() -> object:
        with program.house.parts.service.read() as conn:
            return conn.scalar(sa.select(token.c.last_used_at))

    assert last_use() is None
    program.reads("/sittings")
    first = last_use()
    program.house.clock.pass_time(seconds=59)
    program.reads("/sittings")
    assert last_use() == first
    program.house.clock.pass_time(seconds=1)
    program.reads("/sittings")
    assert last_use() == program.house.clock.at


def test_what_is_told_is_not_kept(program: Program) -> None:
    assert program.calls("GET", "/sittings").headers["Cache-Control"] == "no-store"
