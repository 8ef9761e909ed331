"""Staff of one canteen at every door of another's: nothing is shown, nothing is changed (IDOR).

Every door that is not public is opened with the ids of Saône, by each role of Sablon, whose team has nothing to do with
it. Doors without an id in their address get Saône's in the form and in the query. Then all rows are as they were.
"""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from services.capacity.domain.closures import Closure
from services.capacity.domain.templates import Template
from services.capacity.use_cases.add_cantine import add_cantine
from services.capacity.use_cases.add_coordinator import add_coordinator
from services.capacity.use_cases.close_days import close_days
from services.capacity.use_cases.look import find_staff
from services.capacity.use_cases.plan_weeks import add_template
from services.capacity.use_cases.tokens import make_token, tokens_of
from shared.clock import SetClock
from shared.contracts.party import Party
from shared.contracts.routes import SERVICES
from shared.contracts.staff import StaffRole
from tests.architecture.test_urls import CHANGES, DEMO_ONLY, PUBLIC
from tests.databases import Databases
from tests.services.capacity.house import a_plan
from tests.stories.house import House, open_house
from tests.stories.residents import CANTINE, lunch, reserve

SABLON = replace(CANTINE, slug="metz-sablon", name="La Tablée du Sablon", email="sablon@example.org")
SECRETS = ("Jeanne", "jeanne@example.org", "Camille", "camille@example.org", "Fermeture de Saône")
"""What only Saône's team may read."""
OF_NOBODY = {"preview.show", "preview.html", "alerts.top_up", "alerts.short_link"}
"""Doors whose ids are no canteen's: examples of letters, a provider of SMS, a short link to a page that asks again."""
PASSING = {"heard", "neighbour", "outbox"}
"""Tables of what the house itself passes on."""
FORM = {
    **dict.fromkeys(("people", "came", "walk_ins", "absent", "seats", "cooks", "number", "news", "move"), "1"),
    **dict.fromkeys(("first", "last", "date", "since", "until", "day", "at"), "2026-12-08"),
    **dict.fromkeys(("name", "words", "menu", "reason", "text"), "From Sablon"),
    **{"weekdays": "3", "cooking_starts": "09:30", "meal_starts": "12:30", "room": "20", "cook_places": "5"},
    **{"cutoff_days": "1", "cutoff_time": "18:00", "every": "1", "about": "reminder", "reply": "yes", "role": "helper"},
    **{"language": "en", "email": "new@example.org", "confirm": "1", "sure": "1", "known": "1", "follows": "1"},
}

JSON = ({"menu": "From Sablon"}, {"kinds": ["walk_ins"]}, {"room": 20})
"""What the doors for programs take, one or the other."""


@dataclass
class Street:
    """Two canteens, and what stands in for each name in an address or a form."""

    house: House
    ids: Mapping[str, str]
    staff: Mapping[StaffRole, str]
    tokens: Mapping[StaffRole, str]

    def enter(self, app: Flask, role: StaffRole) -> FlaskClient:
        """A browser, and a program, of somebody of Sablon."""
        client = app.test_client()
        with client.session_transaction() as session:
            session.update(staff=self.staff[role], name="Dominique", cantines=[], since=time.time())
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
        return client

    def rows(self) -> dict[str, set[str]]:
        """All that the three keep, by table, but of those who come from Sablon."""
        found = {}
        for name, part in self.house.parts.items():
            with part.service.read() as conn:
                for table in part.metadata.sorted_tables:
                    if table.name not in PASSING:
                        rows = map(str, conn.execute(sa.select(table)))
                        others = {row for row in rows if not any(mine in row for mine in self.staff.values())}
                        found[f"{name}.{table.name}"] = others
        return found


@pytest.fixture
def street(databases: Databases, clock: SetClock) -> Iterator[Street]:
    with ExitStack() as stack:
        lend: Callable[[str], str] = lambda service: stack.enter_context(databases.lend("sqlite", service))  # noqa: E731
        house = stack.enter_context(open_house(lend, clock))
        yield furnished(house)


def furnished(house: House) -> Street:
    sitting = lunch(house)
    capacity = house["capacity"]
    with capacity.service.work() as work:
        add_cantine(work, SABLON)
        team: dict[str, Any] = {"language": "en"}
        camille = add_coordinator(work, email="camille@example.org", name="Camille", cantines=[CANTINE.slug], **team)
        sablon = {
            role: add_coordinator(
                work, email=f"{role.value}@example.org", name="Dominique", cantines=[SABLON.slug], role=role, **team
            ).id
            for role in (StaffRole.COORDINATOR, StaffRole.HELPER)
        }
        days = {"first": date(2026, 12, 24), "last": date(2026, 12, 26)}
        close_days(work, Closure(id="", cantine="", name="Fermeture de Saône", **days), [CANTINE.slug])
        weekly = a_plan(day=date(2026, 12, 3))
        template = add_template(work, Template(id="", cantine=CANTINE.slug, usual=weekly, until=None))
        make_token(work, camille, "a program")
    with capacity.service.work() as work:
        people = {role: find_staff(capacity.service, one) for role, one in sablon.items()}
        tokens = {role: make_token(work, one, "a program") for role, one in people.items() if one}
    house.settle()
    booking = reserve(house, sitting, Party(eaters=2))
    house.do_what_is_due()
    ids = {
        **{"sitting_id": sitting, "sitting": sitting, "sittings": sitting, "booking": booking, "guest": booking},
        **dict.fromkeys(("slug", "cantine", "cantines"), CANTINE.slug),
        **{"staff_id": camille.id, "staff": camille.id, "kind": "sitting_full", "template_id": template},
        **{"key": one(house, "notifications", "letter", "key"), "closure_id": one(house, "capacity", "closure", "id")},
        **{"token_id": tokens_of(capacity.service, camille)[0].id, **dict.fromkeys(("photo", "code", "message"), "1")},
    }
    return Street(house, ids, sablon, tokens)


def one(house: House, service: str, table: str, column: str) -> str:
    """A value of some row."""
    with house[service].service.read() as conn:
        return str(conn.scalar(sa.select(house[service].metadata.tables[table].c[column])))


def doors(app: Flask, name: str) -> Iterator[tuple[str, str, str, set[str]]]:
    """Endpoint, method, address and names in it, of all that is not public."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in PUBLIC[name] | DEMO_ONLY | OF_NOBODY:
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule.endpoint, method, rule.rule, set(rule.arguments)


@pytest.mark.parametrize("role", [StaffRole.COORDINATOR, StaffRole.HELPER])
def test_nothing_of_another_canteen_is_shown_or_changed(street: Street, role: StaffRole) -> None:
    before = street.rows()
    tried, opened = 0, []
    for name in SERVICES:
        app = street.house[name].make_web()
        app.config["WTF_CSRF_ENABLED"] = False
        for endpoint, method, rule, names in doors(app, name):
            path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: street.ids[found.group(1)], rule)
            answer = _knock(street.enter(app, role), street, role, method, path)
            what = f"{method} {rule} ({endpoint}) answers {answer.status}"
            assert answer.status_code < 500, what
            shown = [secret for secret in SECRETS if secret in answer.text]
            if shown:
                opened.append(f"{what} and shows {shown}")
            if names:
                tried += 1
                if answer.status_code not in {302, 303, 401, 403, 404}:
                    opened.append(what)
    assert opened == []
    assert tried > 40
    street.house.settle()
    after = street.rows()
    for table, rows in before.items():
        assert rows <= after[table], f"{table}: {rows - after[table]}"
        added = [row for row in after[table] - rows if street.ids["sitting"] in row or CANTINE.slug in row]
        assert not added, f"{table}: {added}"


def _knock(client: FlaskClient, street: Street, role: StaffRole, method: str, path: str) -> Any:
    """Open a door with all that one knows of the other canteen."""
    if "/api/" in path:
        headers = {"Authorization": f"Bearer {street.tokens[role]}"}
        bodies = JSON if method in CHANGES - {"DELETE"} else (None,)
        answers = [client.open(path, method=method, headers=headers, json=body) for body in bodies]
        return next((one for one in answers if one.status_code != 422), answers[0])
    if method in CHANGES:
        return client.open(path, method=method, data={**FORM, **street.ids})
    return client.open(path, method=method, query_string=street.ids)
