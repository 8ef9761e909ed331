"""What letters said is forgotten after a while; how many there were is not."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from services.notifications.bootstrap import assemble
from services.notifications.domain.letter import Channel, LetterKind, LetterState
from services.notifications.domain.sending import Refused
from services.notifications.settings import Settings
from services.notifications.store import counting
from services.notifications.store.counting import Count
from services.notifications.store.tables import host_message, letter
from shared.clock import SetClock
from shared.contracts.host_message import Audience, HostMessage
from shared.contracts.staff import StaffRole
from shared.settings import WrongSetting
from tests.services.notifications.conftest import SETTINGS
from tests.services.notifications.house import BY_SMS, STARTS_AT, TUESDAY, NotificationsHouse, ScriptedProvider
from tests.services.notifications.pages.staff import enter

SENT, FAILED, DROPPED = LetterState.SENT, LetterState.FAILED, LetterState.DROPPED
THE_DAY = date(2026, 11, 24)

WORDS = HostMessage(
    thing="word",
    revision=1,
    sitting="lunch",
    audience=Audience.EVERYBODY,
    words="La porte est fermée.",
    urgent=False,
    written_at=TUESDAY,
    useful_until=STARTS_AT,
    people=(("camille",),),
)


@pytest.fixture
def house(database_of: Callable[[str], str], clock: SetClock) -> Iterator[NotificationsHouse]:
    """A network that keeps what letters said for thirty days."""
    env = {"NOTIFICATIONS_DATABASE_URL": database_of("notifications"), **SETTINGS, "LETTERS_KEPT_DAYS": "30"}
    parts = assemble(env, clock=clock)
    yield NotificationsHouse(parts, clock)
    parts.service.database.dispose()


@pytest.fixture
def told(house: NotificationsHouse) -> NotificationsHouse:
    """Camille was told by e-mail, Sam by SMS; to Zoé the letter failed; somebody signed in; a host wrote to all."""
    house.announce()
    house.book()
    house.book("sam", **BY_SMS)
    house.ask_to_sign_in()
    while house.send():
        pass
    house.book("zoe")
    house.send(email=ScriptedProvider(script=[Refused("SMTP 550")]))
    house.hear(WORDS)
    house.send()
    return house


def counts(house: NotificationsHouse, first: date = THE_DAY) -> list[Count]:
    with house.service.read() as conn:
        return counting.since(conn, first)


def rows(house: NotificationsHouse) -> int:
    with house.service.read() as conn:
        return int(conn.scalar(sa.select(sa.func.count()).select_from(letter)) or 0)


def later(house: NotificationsHouse, days: int) -> None:
    house.clock.at = TUESDAY + timedelta(days=days)
    for _ in range(3):
        house.ring()
        house.send()


def test_after_thirty_days_nothing_is_kept_of_what_was_said(told: NotificationsHouse) -> None:
    later(told, 29)
    assert told.row(LetterKind.CONFIRMED).provider_ref and told.mail()
    later(told, 34)
    assert told.mail() == []
    assert {row.provider_ref for who in ("camille", "sam", "zoe") for row in told.rows(who)} == {None}
    with told.service.read() as conn:
        assert conn.scalars(sa.select(host_message.c.words)).all() == [""]
        assert all(facts == {} for facts in conn.scalars(sa.select(letter.c.facts)))
    assert told.letters()[LetterKind.CONFIRMED] is SENT  # its fate stays until the meal is forgotten


def test_how_many_there_were_stays_when_all_is_forgotten(told: NotificationsHouse) -> None:
    later(told, 1)
    before = {one for one in counts(told) if one.state in {SENT, FAILED}}
    email, sms = Channel.EMAIL, Channel.SMS
    assert {(one.kind, one.channel, one.state, one.count) for one in before} >= {
        (LetterKind.CONFIRMED, email, SENT, 1),
        (LetterKind.CONFIRMED, sms, SENT, 1),
        (LetterKind.CONFIRMED, email, FAILED, 1),
        (LetterKind.SIGN_IN, email, SENT, 1),
        (LetterKind.HOST_MESSAGE, email, SENT, 1),
    }
    later(told, 100)
    assert rows(told) == 0
    assert {one for one in counts(told) if one.state in {SENT, FAILED}} >= before
    later(told, 101)
    assert {one for one in counts(told) if one.state in {SENT, FAILED}} >= before
    assert counts(told, THE_DAY + timedelta(days=60)) == []


def test_as_how_many_sms_letters_were_paid_is_recorded_and_stays(told: NotificationsHouse) -> None:
    """Two texts at 4.5 cents a part, of which a host's has three."""
    told.settings = replace(told.settings, sms_price=Decimal("0.045"))
    told.book("ada", **BY_SMS, name="Ada")
    told.hear(replace(WORDS, thing="long", words="La porte de la cour est fermée. " * 12, people=(("ada",),)))
    while told.send():
        pass
    before = {one.kind: (one.count, one.parts, one.cost) for one in counts(told) if one.cost}
    assert before == {LetterKind.CONFIRMED: (2, 2, 450), LetterKind.HOST_MESSAGE: (1, 3, 1350)}, (
        "the first had no price"
    )
    page = enter(told, told.parts.make_web(), StaffRole.ADMINISTRATOR).get("/messages/figures?lang=en").text
    assert "€0.18" in page
    later(told, 100)
    assert {one.kind: (one.count, one.parts, one.cost) for one in counts(told) if one.cost} == before


def test_letters_of_a_day_are_counted_together_whether_forgotten_or_not(told: NotificationsHouse) -> None:
    with told.service.work() as work:
        counting.forget(work.conn, letter.c.booking == "camille")
    with told.service.work() as work:
        counting.forget(work.conn, letter.c.booking == "zoe")
    confirmed = [one for one in counts(told) if one.kind == LetterKind.CONFIRMED]
    assert sorted((one.channel, one.state, one.count) for one in confirmed) == [
        ("email", FAILED, 1),
        ("email", SENT, 1),
        ("sms", SENT, 1),
    ]


def test_administrators_see_how_many(told: NotificationsHouse) -> None:
    later(told, 100)
    app = told.parts.make_web()
    nora = enter(told, app, StaffRole.ADMINISTRATOR)
    page = nora.get("/messages/figures?days=365&lang=en").text
    assert "Link to sign in" in page and "Tue 24 Nov" in page
    assert "There was no letter" in nora.get("/messages/figures?days=30&lang=en").text
    assert nora.get("/messages/figures?days=many").status_code == 200
    assert enter(told, app, StaffRole.HOST, "lyon-saone").get("/messages/figures").status_code == 403


@pytest.mark.parametrize("days", ["6", "91", "-1", "many"])
def test_how_long_is_between_a_week_and_what_guests_are_kept(days: str) -> None:
    with pytest.raises(WrongSetting, match="LETTERS_KEPT_DAYS"):
        Settings.from_env({**SETTINGS, "NOTIFICATIONS_DATABASE_URL": "sqlite://", "LETTERS_KEPT_DAYS": days})
