"""Coordinators at their browsers."""

import re
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from services.capacity.use_cases.ask_to_sign_in import ask_to_sign_in
from shared.contracts.sign_in import SignInLink
from tests.services.capacity.house import URL, CapacityHouse


@dataclass
class Browser:
    """Fills in forms as a browser does: with the token that the page carried."""

    client: FlaskClient
    house: CapacityHouse

    def opens(self, path: str) -> TestResponse:
        return self.client.get(path, headers={"Accept-Language": "en"})

    def sends(self, path: str, page: str | None = None, **fields: object) -> TestResponse:
        """Open a page, fill in its form and send it."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.opens(page or path).text)
        assert token
        data = {"csrf_token": token.group(1), **fields}
        return self.client.post(path, data=data, headers={"Accept-Language": "en"})

    def asks_for_a_link(self) -> str:
        """The path of a fresh link."""
        self.house.clock.pass_time(seconds=1)
        with self.house.parts.service.work() as work:
            ask_to_sign_in(work, "camille@example.org", self.house.links, URL)
        newest = max(self.house.said(SignInLink).values(), key=lambda link: link.revision)
        return newest.link.removeprefix(URL)

    def signs_in(self) -> TestResponse:
        return self.sends(self.asks_for_a_link())


@pytest.fixture
def browser(house: CapacityHouse) -> Browser:
    return Browser(house.web.test_client(), house)


@pytest.fixture
def camille(browser: Browser) -> Browser:
    browser.signs_in()
    return browser
