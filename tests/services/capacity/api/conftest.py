"""A program that acts for a coordinator."""

from dataclasses import dataclass
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from services.capacity.use_cases.add_coordinator import add_coordinator
from services.capacity.use_cases.look import find_staff
from services.capacity.use_cases.tokens import make_token
from tests.services.capacity.house import CapacityHouse

API = "/coordination/api/v1"


@dataclass
class Program:
    """Asks with a token, and has no cookie."""

    client: FlaskClient
    house: CapacityHouse
    secret: str

    def calls(self, method: str, path: str, **options: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.secret}", **options.pop("headers", {})}
        return self.client.open(f"{API}{path}", method=method, headers=headers, **options)

    def reads(self, path: str) -> Any:
        answer = self.calls("GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json


@dataclass
class Programs:
    """Makes programs for people."""

    house: CapacityHouse

    def of(self, staff: str) -> Program:
        """A program of somebody, by id."""
        person = find_staff(self.house.parts.service, staff)
        assert person
        with self.house.parts.service.work() as work:
            secret = make_token(work, person, "a test")
        return Program(self.house.web.test_client(use_cookies=False), self.house, secret)


@pytest.fixture
def programs(house: CapacityHouse) -> Programs:
    return Programs(house)


@pytest.fixture
def program(programs: Programs) -> Program:
    """Camille's, who looks after Vaise."""
    return programs.of(programs.house.camille)


@pytest.fixture
def stranger(programs: Programs) -> Program:
    """A program of somebody who looks after Sablon only."""
    with programs.house.parts.service.work() as work:
        dominique = add_coordinator(
            work, email="dominique@example.org", name="Dominique", language="fr", cantines=["metz-sablon"]
        )
    return programs.of(dominique.id)
