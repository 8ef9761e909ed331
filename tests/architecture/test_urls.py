"""Every page is public by name, or asks who is there; and nothing is changed by a form that is not ours."""

import re
from collections.abc import Iterator, Mapping

import pytest
from flask import Flask

from shared.assembly import Assembly
from shared.contracts.routes import SERVICES
from tests.architecture.conftest import Furnish

EVERYWHERE = {"static", "alive", "ready"}
DEMO_ONLY = {
    "mailbox.static",
    "mailbox.show",
    "mailbox.renew",
    "mailbox.read",
    "mailbox.html",
    "mailbox.reply",
    "mailbox.fate",
    "mailbox.calendar",
}

# Residents have no account: a booking's pages ask for its signed link instead.
PUBLIC = {
    "booking": {
        *EVERYWHERE,
        *("meals.meals", "meals.meal", "meals.reserve", "meals.back", "meals.forget_on_this_device", "calendar.feed"),
        *("cantines.all_of_them", "cantines.show", "cantines.week", "cantines.photo"),
        *("partners.meals", "partners.meal", "partners.reserve"),
        *("booking.show", "booking.status", "booking.back", "booking.change_party", "booking.give_up"),
        *("booking.accept", "booking.decline", "bookings.answer_an_offer", "booking.cook_calls"),
        *("booking.letters", "booking.late", "booking.coming", "booking.no_thanks"),
        *("needs.tell", "needs.back", "own_calendar.meal"),
        *("booking.letters", "booking.late", "booking.coming", "booking.no_thanks", "booking.company"),
        *("needs.tell", "needs.back", "held.show", "confirm.question", "confirm.yes", "confirm.back", "confirm.no"),
        *("own_membership.say", "own_membership.back"),
        *("booking.every_week", "usual.show", "usual.back", "usual.come_again", "usual.no_longer"),
        *("cook_calls.show", "cook_calls.back", "cook_calls.yes", "cook_calls.no", "cook_calls.no_more"),
        *("my_bookings.form", "my_bookings.ask", "my_bookings.asked", "mine.show", "mine.back", "mine.calls"),
        *("notices.all_of_them", "notices.privacy", "notices.legal", "notices.accessibility"),
        *("rights.kept", "rights.kept_as_json", "rights.question", "rights.forget_me"),
        *("sittings.find", "sittings.read"),
        *("bookings.create", "bookings.read", "bookings.update", "bookings.delete"),
        *("api-docs.openapi_json", "api_documentation"),
    },
    "capacity": {
        *EVERYWHERE,
        *("sign_in.form", "sign_in.ask", "sign_in.sent", "sign_in.look_at_link", "sign_in.use_link", "sign_in.leave"),
        *("sign_in.take_demo_account", "tablet.ask", "tablet.come_in"),
        *("api-docs.openapi_json", "api_documentation"),
        "calendar.feed",  # behind a secret address
    },
    "notifications": {
        *EVERYWHERE,
        *("links.to_booking", "unsubscribe.show", "unsubscribe.end", "hooks.receive", "hooks.bounce", "preview.static"),
        *("mine.show", "mine.kept_as_json"),
        *DEMO_ONLY,
    },
}
CHANGES = {"POST", "PUT", "PATCH", "DELETE"}
FOR_PROGRAMS = ("/api/", "/coordination/api/", "/messages/hooks/", "/messages/unsubscribe/")  # that have no session


def doors(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Every endpoint with a method and an address that leads to it."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule.endpoint, method, re.sub(r"<[^>]+>", "1", rule.rule)


@pytest.mark.parametrize("name", SERVICES)
def test_what_is_called_public_exists(house: Mapping[str, Assembly], name: str) -> None:
    assert {endpoint for endpoint, _method, _path in doors(house[name].make_web())} >= PUBLIC[name]


@pytest.mark.parametrize("name", SERVICES)
def test_who_is_not_signed_in_sees_only_what_is_public(house: Mapping[str, Assembly], name: str) -> None:
    app = house[name].make_web()
    app.config["WTF_CSRF_ENABLED"] = False  # else a form would be refused before anybody asks who sent it
    for endpoint, method, path in doors(app):
        if endpoint not in PUBLIC[name]:
            answer = app.test_client().open(path, method=method)
            asked = answer.status_code == 401 or answer.headers.get("Location") == "/coordination/sign-in"
            assert asked, f"{method} {path} ({endpoint}) is open to everybody: {answer.status}"


@pytest.mark.parametrize("name", SERVICES)
def test_nothing_is_changed_by_a_form_that_is_not_ours(house: Mapping[str, Assembly], name: str) -> None:
    app = house[name].make_web()
    for endpoint, method, path in doors(app):
        if method in CHANGES and not path.startswith(FOR_PROGRAMS):
            answer = app.test_client().open(path, method=method, headers={"Accept-Language": "en"})
            refused = answer.status_code == 400 and "Please send this again" in answer.text
            assert refused, f"{method} {path} ({endpoint}) needs no token: {answer.status}"


def test_the_doors_of_the_demo_are_closed_in_production(furnish: Furnish) -> None:
    parts = furnish(DEMO="0")
    assert not DEMO_ONLY & {endpoint for endpoint, *_ in doors(parts["notifications"].make_web())}
    capacity = parts["capacity"].make_web()
    capacity.config["WTF_CSRF_ENABLED"] = False
    assert capacity.test_client().post("/coordination/demo/sign-in", data={"staff": "1"}).status_code == 404
