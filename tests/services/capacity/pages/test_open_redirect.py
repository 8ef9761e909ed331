"""Signing in leads back to a page of ours, whatever address was asked for before."""

from urllib.parse import urlsplit

import pytest

from tests.services.capacity.pages.conftest import Browser


@pytest.mark.parametrize(
    "asked",
    [
        "//elsewhere.example/coordination/",
        "///elsewhere.example/",
        "/%2f%2felsewhere.example/",
        "/\\elsewhere.example/",
        "/coordination/sittings/?next=https://elsewhere.example/",
        "/coordination/sittings/..//elsewhere.example",
    ],
)
def test_nobody_is_led_away(browser: Browser, asked: str) -> None:
    browser.opens(asked)
    browser.opens("/coordination/sign-in?next=https://elsewhere.example/&wanted=//elsewhere.example")
    answer = browser.signs_in()
    assert answer.status_code == 303
    led_to = urlsplit(answer.location)
    assert (led_to.scheme, led_to.netloc) in {("", ""), ("http", "localhost")}
    assert not led_to.path.startswith(("//", "/\\"))
