"""The coordinators' API does what its description says, whatever a program sends."""

import pytest

from tests.described import check_as_described
from tests.services.capacity.api.conftest import Program
from tests.services.capacity.api.test_sittings import LUNCH


@pytest.mark.parametrize("backend", ["postgres"], indirect=True)  # the one that holds less: no NUL, no huge number
def test_nothing_crashes_and_nothing_is_answered_that_is_not_described(program: Program) -> None:
    known = {"sitting_id": program.house.opens(), "cantine": "lyon-vaise"}
    app, token = program.client.application, f"Bearer {program.secret}"
    description = "/coordination/api/docs/openapi.json"
    answered = check_as_described(app, description, known, LUNCH, Authorization=token)
    assert {201, 422} <= answered["POST /coordination/api/v1/sittings"]
    assert {200, 404} <= answered["GET /coordination/api/v1/sittings/{sitting_id}"]
    assert {200, 403} <= answered["GET /coordination/api/v1/kitchens/{cantine}"]
    assert len(answered) == 12
