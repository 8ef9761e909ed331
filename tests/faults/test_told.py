"""The reader of logs sees what they must not tell, however it is written; and nothing in what they may."""

import pytest

from tests.faults.told import OURS, private_words

TOKEN = "DlqNHI9eTAuwpC2fPHpuIg.x-7_k"


@pytest.mark.parametrize(
    "line",
    [
        '{"event": "A booking came.", "email": "guest17@example.org"}',
        '{"event": "GET /messages?to=guest17%40example.org"}',
        '{"event": "A booking came.", "name": "Jeanne SANSNOM"}',
        "ERROR:  duplicate key: Key (phone)=(+33639980117) already exists.",
        "to 06 39 98 01 17",
        f"GET /api/v1/bookings/{TOKEN} 200",
    ],
)
def test_whom_a_line_tells_of_is_seen(line: str) -> None:
    assert private_words(line, {TOKEN})


def test_what_a_line_may_tell_is_left_alone() -> None:
    line = f'{{"correlation": "7f2c1f2e3c554e0e9a550a3d4f6f0b11", "revision": 1763998012345678, "from": "{OURS}"}}'
    assert private_words(line, {TOKEN}) == set()
