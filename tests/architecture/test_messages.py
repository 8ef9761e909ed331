"""Every message has somebody who says it, somebody who can say it again, and somebody who hears it."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

import pytest

import shared.contracts
from shared.assembly import Assembly
from shared.contracts.message import Message
from shared.contracts.routes import CAPACITY, OF_THE_POST, ROUTES, SERVICES, task_name
from shared.contracts.service_state import ServiceState


def said_by(service: str) -> set[str]:
    return {route.message.kind for route in ROUTES if route.sender == service}


def heard_by(service: str) -> set[str]:
    """What is addressed to it, receipts, and in capacity how the others are."""
    addressed = {route.message.kind for route in ROUTES if service in route.receivers}
    return addressed | (set(OF_THE_POST) if service == CAPACITY else set(OF_THE_POST) - {ServiceState.kind})


def test_every_message_has_one_route_between_services_of_ours() -> None:
    for module in iter_modules(shared.contracts.__path__):
        import_module(f"shared.contracts.{module.name}")
    kinds = [route.message.kind for route in ROUTES]
    assert sorted([*kinds, *OF_THE_POST]) == sorted(message.kind for message in Message.__subclasses__())
    for route in ROUTES:
        assert route.receivers, f"Nobody hears {route.message.kind}."
        assert {route.sender, *route.receivers} <= set(SERVICES)
        assert route.sender not in route.receivers, f"{route.sender} talks to itself."


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_hears_exactly_what_is_addressed_to_it(house: Mapping[str, Assembly], name: str) -> None:
    assert set(house[name].inbox.kinds) == heard_by(name)


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_can_say_again_exactly_what_it_says(house: Mapping[str, Assembly], name: str) -> None:
    assert set(house[name].inbox.kinds_said_again) == said_by(name)


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_has_one_task_for_each_message_it_hears(house: Mapping[str, Assembly], name: str) -> None:
    tasks = {task for task in house[name].make_celery().tasks if not task.startswith("celery.")}
    assert tasks == {task_name(name, kind) for kind in heard_by(name)}
