"""Whatever is sent to a form or asked for, by whom it may be: it has an answer, and no service crashes."""

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from services.booking.use_cases.voice import LETTER
from services.capacity.use_cases.add_cantine import add_cantine
from services.capacity.use_cases.add_coordinator import add_coordinator
from services.capacity.use_cases.open_sitting import open_sitting
from shared.clock import SetClock
from shared.contracts.guest_link import MINE
from shared.contracts.routes import SERVICES
from shared.contracts.staff import StaffRole
from shared.links import Links
from tests.databases import Databases
from tests.services.capacity.house import BY, URL, a_cantine, a_plan
from tests.stories.house import House, open_house

ROOT = Path(__file__).parents[2]
IN_TEMPLATES = re.compile(r'(?:\bname="|forms\.\w+\(")([a-z][a-z_]*)"')
NASTY = (
    *("", " ", "0", "1", "-1", "1.5", "1e9", "٣", "9" * 30, "on", "None", "null", "yes", "lyon-vaise", "fr"),
    *(
        "\0",
        "a\0b",
        "\r\n",
        "\u202e",
        "\ufeff",
        "👩‍🍳",
        "é" * 3000,
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        "%s{0}",
    ),
    *("2026-02-30", "9999-12-31", "25:99", "12:30", "2026-11-30", "camille@example.org", "06 39 98 00 11", "../../etc"),
)
VALUES = st.sampled_from(NASTY) | st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
often = settings(
    max_examples=6,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@dataclass
class Known:
    """What is there, so that addresses lead somewhere."""

    house: House
    nora: str
    meal: str
    booking: str

    def part(self, rule: str, name: str) -> str:
        """What stands for `<name>` in an address."""
        links = Links(self.house["booking"].settings.secret_keys)
        tokens = {"/b/": links.sign(LETTER, self.booking), "/my/": links.sign(MINE, "none")}
        token = next((token for prefix, token in tokens.items() if rule.startswith(prefix)), "1")
        there = {"token": token, "sitting_id": self.meal, "slug": "lyon-vaise", "cantine": "lyon-vaise"}
        return {**there, "staff_id": self.nora, "kind": "nearly_full"}.get(name, "1")

    def address(self, rule: str) -> str:
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: self.part(rule, found[1]), rule)


@pytest.fixture
def known(databases: Databases, clock: SetClock) -> Iterator[Known]:
    """A canteen with a meal and a booking, and Nora, who may do everything."""
    with ExitStack() as lent:
        urls = {name: lent.enter_context(databases.lend("postgres", name)) for name in SERVICES}
        house = lent.enter_context(open_house(urls.__getitem__, clock, BOOKINGS_FROM_ONE_PLACE="0"))
        with house["capacity"].service.work() as work:
            add_cantine(work, a_cantine("lyon-vaise"))
            role = StaffRole.ADMINISTRATOR
            nora = add_coordinator(work, email="nora@example.org", name="Nora", language="fr", cantines=(), role=role)
            meal = open_sitting(work, "lyon-vaise", a_plan(day=clock.at.date() + timedelta(days=3)), URL, BY)
        house.settle()
        wish = {"sitting": meal, "party": {"people": 2}, "name": "Camille Exemple", "email": "camille@example.org"}
        assert house["booking"].make_web().test_client().post("/api/v1/bookings", json=wish).status_code == 202
        house.settle()
        with house["booking"].service.read() as conn:
            (booking,) = conn.scalars(house["booking"].metadata.tables["booking"].select()).all()
        yield Known(house, nora.id, meal, booking)


def fields_of(name: str) -> list[str]:
    """The names of all fields that a service's templates have."""
    templates = [*(ROOT / "services" / name).rglob("templates/*.html")]
    return sorted({found for file in templates for found in IN_TEMPLATES.findall(file.read_text())})


def rules(app: Flask, method: str) -> list[str]:
    """All addresses that take this method; last those after which less is there."""
    found = [one for one in app.url_map.iter_rules() if method in (one.methods or set()) and one.endpoint != "static"]
    return sorted((one.rule for one in found), key=lambda rule: rule.endswith(("/cancel", "/erase", "/remove", "/end")))


@pytest.mark.parametrize("name", SERVICES)
@pytest.mark.usefixtures("postgres")
def test_whatever_is_sent_to_a_form_has_an_answer(known: Known, name: str) -> None:
    app, fields = known.house[name].make_web(), fields_of(name)
    app.config["WTF_CSRF_ENABLED"] = False  # else nothing would come through
    client = app.test_client()
    assert len(fields) > 5

    def send(rule: str, form: Mapping[str, str | list[str]]) -> None:
        with client.session_transaction() as session:  # some forms end it
            session.update(staff=known.nora, name="Nora", cantines=["lyon-vaise"], since=int(time.time()))
        answer = client.post(known.address(rule), data=form)
        assert answer.status_code < 500, f"{rule}: {answer.status}, from {form!r}"

    for rule in rules(app, "POST"):
        all_of_them = st.fixed_dictionaries(dict.fromkeys(fields, VALUES))
        some = st.dictionaries(st.sampled_from(fields), VALUES | st.lists(VALUES, max_size=3))
        often(given(st.just(rule), all_of_them | some)(send))()


@pytest.mark.parametrize("name", SERVICES)
@pytest.mark.usefixtures("postgres")
def test_whatever_is_asked_for_has_an_answer(known: Known, name: str) -> None:
    app = known.house[name].make_web()
    client = app.test_client()
    with client.session_transaction() as session:
        session.update(staff=known.nora, name="Nora", cantines=["lyon-vaise"], since=int(time.time()))
    queries = st.dictionaries(st.sampled_from(["city", "cantine", "from", "skip", "lang", "week", "to", "q"]), VALUES)

    def ask(rule: str, part: str, there: bool, query: Mapping[str, str]) -> None:
        address = known.address(rule) if there else re.sub(r"<[^>]+>", quote(part or "x", safe=""), rule)
        answer = client.get(address, query_string=query, buffered=True)
        assert answer.status_code < 500, f"{address} with {query!r}: {answer.status}"

    for rule in rules(app, "GET"):
        often(given(st.just(rule), VALUES, st.booleans(), queries)(ask))()
