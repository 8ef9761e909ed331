"""The real demo, and people who look at it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser

from services.booking.store.tables import sitting as heard_sitting
from services.capacity.store.tables import sitting as planned_sitting
from tests.browser.visitor import PHONE, Look, Visitor
from tests.demo import Demo, until

Meet = Callable[..., Visitor]
NewMeal = Callable[..., str]
LetPass = Callable[[str, int], None]
HOST = "Hugo Perrin"  # of Dijon and Mâcon
ADMINISTRATOR = "Nora Lambert"  # of the network


@pytest.fixture(scope="package")
def demo(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo, once for all tests in a browser; when they are over it and its pages take nothing from other tests."""
    folder = tmp_path_factory.mktemp("browser")
    running = Demo(folder / "data", folder / "terminal")
    yield running
    running.end()
    assert "died" not in running.said, running.said


@pytest.fixture
def meet(chromium: Browser, demo: Demo) -> Iterator[Meet]:
    """Somebody new in front of a screen; at the end, nothing may have gone wrong there."""
    met: list[Visitor] = []

    def arrive(look: Look = PHONE, *, javascript: bool = True) -> Visitor:
        met.append(Visitor(chromium, demo, look, javascript=javascript))
        return met[-1]

    yield arrive
    for visitor in met:
        visitor.leave()


@pytest.fixture(scope="package")
def host(chromium: Browser, demo: Demo) -> Iterator[Visitor]:
    """The host, signed in, who opens meals for the tests."""
    host = Visitor(chromium, demo)
    host.come_in_as(HOST)
    yield host
    host.leave()


@pytest.fixture
def new_meal(host: Visitor, demo: Demo) -> NewMeal:
    """Opens a meal at Les Tablées des Grésilles in three days, as its host does. Gives its id."""

    def open_meal(
        seats: int, cook_places: int = 1, menu: str = "Soupe au pistou", keep: int = 0, days: int = 3, cutoff: str = ""
    ) -> str:
        host.page.goto("/coordination/sittings/new")
        host.page.locator("#cantine").select_option("dijon-gresilles")
        day = datetime.now(ZoneInfo("Europe/Paris")).date() + timedelta(days=days)
        host.fill({"date": day.isoformat(), "seats": seats, "cook_places": cook_places, "menu": menu})
        if cutoff:
            host.fill({"cutoff_at": cutoff})
        if keep:
            host.page.get_by_text(host.say("Seats kept back at this meal")).click()
            host.fill({"newcomer_seats": keep})
        host.press("Open this meal")
        host.page.wait_for_url(lambda url: not url.endswith("/new"))
        meal = host.page.url.rsplit("/", 1)[-1]
        until(lambda: demo.ask("GET", f"/meals/{meal}").status == 200)
        return meal

    return open_meal


@pytest.fixture
def let_pass(demo: Demo) -> LetPass:
    """Lets so many days pass for one meal: nobody else's clock moves, and no hour of the day is too late for it."""

    def move(meal: str, days: int) -> None:
        span = timedelta(days=days)
        for name, table in (("booking", heard_sitting), ("capacity", planned_sitting)):
            engine = sa.create_engine(f"sqlite:///{demo.folder}/{name}.db", connect_args={"timeout": 30})
            with engine.begin() as conn:
                now = conn.execute(sa.select(table).where(table.c.id == meal)).one()
                earlier = {one: getattr(now, one) - span for one in ("date", "starts_at", "cutoff_at")}
                conn.execute(sa.update(table).where(table.c.id == meal).values(earlier))
            engine.dispose()

    return move
