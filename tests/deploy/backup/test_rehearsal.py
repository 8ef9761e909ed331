"""A restore is rehearsed: copies are made, put into empty databases, and the product goes on with them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from deploy.backup.__main__ import backup
from deploy.backup.copies import LIST, make_copies, open_list, put_back
from deploy.backup.databases import CannotCopy
from services.booking.domain.contact import Contact, way_of
from services.booking.domain.wish import Wish
from services.booking.use_cases.book import book
from services.booking.use_cases.erase import erase
from shared.clock import SetClock
from shared.contracts.booking import BookingStatus
from shared.contracts.party import Party
from shared.links import Links
from tests.stories.agree import look
from tests.stories.house import House, open_house
from tests.stories.residents import call_off, change_to, lunch, outcome_of, reserve, voice

TWO = Party(eaters=2)
SENTA = Contact(name="Senta Vanisha", email="senta.vanisha@example.org", phone=None, language="fr")


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


@pytest.fixture
def urls(database_of: Callable[[str], str]) -> dict[str, str]:
    """The databases in use."""
    return {name: database_of(name) for name in ("booking", "capacity", "notifications")}


@pytest.fixture
def empty(new_database: Callable[[str], str]) -> dict[str, str]:
    """The databases of an empty machine."""
    return {name: new_database(name) for name in ("booking", "capacity", "notifications")}


def open_on(stack: ExitStack, urls: dict[str, str], clock: SetClock) -> House:
    return stack.enter_context(open_house(urls.__getitem__, clock))


def come(house: House, meal: str, name: str) -> str:
    """One after the other, so that it is known who waits."""
    booking = reserve(house, meal, TWO, name=name)
    house.settle()
    return booking


def resay(house: House, *last: str) -> None:
    """As docs/backup.md says: the restored services last."""
    for name in sorted(house.parts, key=lambda name: name in last):
        house[name].resay()
        house.settle()
        house.clock.pass_time(minutes=1)


def agreed(house: House) -> None:
    found, tally = look(house)
    assert found == []
    assert sum(tally.rows.values()) > 0


def test_all_three_are_put_into_an_empty_machine(
    stack: ExitStack, urls: dict[str, str], empty: dict[str, str], clock: SetClock, tmp_path: Path
) -> None:
    house = open_on(stack, urls, clock)
    meal = lunch(house, seats=5)
    house.settle()
    stays, leaves, waits = (come(house, meal, name) for name in ("Stays", "Leaves", "Waits"))
    made = make_copies(urls, tmp_path / "copies")
    assert made["booking"]["booking"] == 3
    call_off(house, leaves)  # since the copy: forgotten
    house.settle()

    assert put_back(empty, tmp_path / "copies") == made
    other = open_on(stack, empty, clock)
    clock.pass_time(minutes=5)
    for part in other.parts.values():
        part.migrate()
    resay(other)
    agreed(other)
    assert outcome_of(other, stays).status is BookingStatus.CONFIRMED
    assert outcome_of(other, waits).status is BookingStatus.WAITLISTED
    call_off(other, leaves)  # and it goes on
    other.settle()
    assert outcome_of(other, waits).status is BookingStatus.CONFIRMED
    agreed(other)


def test_one_that_is_put_back_is_brought_up_by_its_neighbours_and_forgets_again(
    stack: ExitStack, urls: dict[str, str], empty: dict[str, str], clock: SetClock, tmp_path: Path
) -> None:
    house = open_on(stack, urls, clock)
    meal = lunch(house, seats=8)
    house.settle()
    grows = reserve(house, meal, TWO, name="Grows")
    book(house["booking"].service, voice(house), meal, Wish(party=TWO, contact=SENTA))
    house.settle()
    make_copies(urls, tmp_path / "copies")
    clock.pass_time(minutes=5)
    change_to(house, grows, Party(eaters=3))
    links = Links(house["booking"].settings.secret_keys)
    erase(house["booking"].service, links, voice(house), way_of(SENTA.email or "", language="fr", sms=True))
    house.settle()
    late = reserve(house, meal, TWO, name="Late")
    house.settle()

    put_back({"booking": empty["booking"]}, tmp_path / "copies")
    assert "vanisha" in everything(empty["booking"])
    other = open_on(stack, urls | {"booking": empty["booking"]}, clock)
    clock.pass_time(minutes=5)
    resay(other, "booking")
    agreed(other)
    assert outcome_of(other, grows).party == Party(eaters=3)
    assert outcome_of(other, late).status is BookingStatus.CONFIRMED
    assert "vanisha" not in everything(empty["booking"])


def everything(url: str) -> str:
    """All that a database holds, as text."""
    engine = sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as conn:
        metadata = sa.MetaData()
        metadata.reflect(conn)
        rows = [str(list(conn.execute(sa.select(table)))) for table in metadata.sorted_tables]
    engine.dispose()
    return "\n".join(rows).lower()


def test_what_is_not_empty_is_not_touched(urls: dict[str, str], tmp_path: Path) -> None:
    make_copies(urls, tmp_path / "copies")
    before = everything(urls["booking"])
    with pytest.raises(CannotCopy, match="not empty: nothing is overwritten"):
        put_back(urls, tmp_path / "copies")
    assert everything(urls["booking"]) == before


def test_a_copy_that_was_damaged_is_found_before_anything_is_put_back(
    urls: dict[str, str], empty: dict[str, str], tmp_path: Path
) -> None:
    make_copies(urls, tmp_path / "copies")
    file = tmp_path / "copies/notifications.copy"
    file.write_bytes(file.read_bytes()[:-7] + b"damaged")
    with pytest.raises(CannotCopy, match=r"notifications\.copy is not what it was"):
        put_back(empty, tmp_path / "copies")
    with pytest.raises(CannotCopy):
        open_list(tmp_path / "copies")


def test_copies_that_were_broken_off_are_no_copies(urls: dict[str, str], tmp_path: Path) -> None:
    make_copies(urls, tmp_path / "copies")
    (tmp_path / "copies" / LIST).unlink()
    with pytest.raises(CannotCopy, match="no whole set"):
        open_list(tmp_path / "copies")


def test_nobody_else_reads_them_and_they_are_not_mixed(urls: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    make_copies(urls, folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert all(file.stat().st_mode & 0o077 == 0 for file in folder.glob("*.copy"))
    with pytest.raises(CannotCopy, match="is not empty"):
        make_copies(urls, folder)


def test_the_demos_data_are_copied_and_put_back_by_the_command(
    stack: ExitStack, databases: object, clock: SetClock, tmp_path: Path
) -> None:
    demo = {name: f"sqlite:///{tmp_path}/demo/{name}.db" for name in ("booking", "capacity", "notifications")}
    (tmp_path / "demo").mkdir()
    house = open_on(stack, demo, clock)
    for part in house.parts.values():
        part.migrate()
    meal = lunch(house)
    house.settle()
    come(house, meal, "Jeanne")
    run = CliRunner()
    made = run.invoke(backup, ["make", str(tmp_path / "copies"), "--demo", str(tmp_path / "demo")])
    assert made.exit_code == 0 and "booking: copied" in made.output
    assert "notifications: whole" in run.invoke(backup, ["check", str(tmp_path / "copies")]).output
    refused = run.invoke(backup, ["put-back", str(tmp_path / "copies"), "--demo", str(tmp_path / "demo")])
    assert refused.exit_code == 1 and "not empty" in refused.output
    back = run.invoke(backup, ["put-back", str(tmp_path / "copies"), "--demo", str(tmp_path / "another")])
    assert back.exit_code == 0, back.output
    assert everything(demo["booking"]) == everything(f"sqlite:///{tmp_path}/another/booking.db")
