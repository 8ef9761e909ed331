"""The messages as they travel. A golden file is never edited: a breaking change is a new version beside the old one.

If a test here fails, the change you made breaks services of the previous version that still run. Add fields with a
default instead, or add a `.v2` message beside this one and go on accepting this one.
"""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from shared.contracts.routes import OF_THE_POST, ROUTES, SERVICES, schema_of, task_name
from tests.contracts.examples import EXAMPLES

GOLDEN = Path(__file__).parent / "golden"


def says_all_of(golden: Any, written: Any) -> bool:
    """Whether all of `golden` is written as it was; fields that came later may stand beside it."""
    if isinstance(golden, dict):
        return all(name in written and says_all_of(value, written[name]) for name, value in golden.items())
    if isinstance(golden, list):
        return len(golden) == len(written) and all(map(says_all_of, golden, written))
    return bool(golden == written)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_a_message_is_written_as_it_always_was(name: str) -> None:
    message = EXAMPLES[name]
    golden = json.loads((GOLDEN / f"{name}.v{message.version}.json").read_text())
    assert says_all_of(golden, schema_of(message.kind).dump(message))


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_a_message_of_the_previous_version_is_understood(name: str) -> None:
    message = EXAMPLES[name]
    golden = json.loads((GOLDEN / f"{name}.v{message.version}.json").read_text())
    assert schema_of(message.kind).load(golden) == message


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_a_field_of_a_newer_version_is_ignored(name: str) -> None:
    message = EXAMPLES[name]
    golden = json.loads((GOLDEN / f"{name}.v{message.version}.json").read_text())
    assert schema_of(message.kind).load(golden | {"from_the_future": 1}) == message


def test_every_message_has_a_golden_file_and_every_file_a_message() -> None:
    kinds = {route.message.kind for route in ROUTES} | set(OF_THE_POST)
    assert {message.kind for message in EXAMPLES.values()} == kinds <= set(EXAMPLES)
    assert {path.name for path in GOLDEN.glob("*.json")} == {
        f"{name}.v{message.version}.json" for name, message in EXAMPLES.items()
    }


def test_every_field_of_a_message_is_in_its_schema() -> None:
    for route in ROUTES:
        assert {field.name for field in fields(route.message)} == set(route.schema.fields)


def test_nobody_speaks_to_itself_and_all_are_known() -> None:
    for route in ROUTES:
        assert route.sender not in route.receivers
        assert {route.sender, *route.receivers} <= set(SERVICES)


def test_a_task_is_named_after_receiver_message_and_version() -> None:
    assert task_name("capacity", "seats_request") == "capacity.seats_request.v1"


@pytest.mark.parametrize(
    "name",
    [
        *("booking_notice", "capacity_alert", "capacity_alert_with_wishes", "sign_in_link", "staff_notice"),
        *("person_notice", "guest_link"),
    ],
)
def test_personal_data_stays_out_of_the_repr(name: str) -> None:
    shown = repr(EXAMPLES[name])
    for secret in ("example.org", "+336", "Jeanne", "Camille", "http"):
        assert secret not in shown.replace("https://tablee.example/coordination/sittings", "")


def _as_far_as(golden: Any, written: Any) -> Any:
    """Of what is written, the fields that a golden file knows."""
    if not isinstance(golden, dict) or not isinstance(written, dict):
        return written
    return {name: _as_far_as(golden[name], value) for name, value in written.items() if name in golden}
