"""What falls due is done one by one."""

import pytest
import sqlalchemy as sa

from shared.one_by_one import one_by_one


def test_one_that_fails_holds_up_no_other_and_is_tried_once_a_round() -> None:
    due, tried = ["bad", "good", "never"], []

    def deed(one: str) -> int:
        tried.append(one)
        if one == "bad":
            raise ValueError
        if one == "good":
            due.remove(one)
        return int(one == "good")

    assert one_by_one(lambda: list(due), deed) == 1
    assert tried == ["bad", "good", "never"]


def test_more_of_the_same_is_done_until_nothing_is_left() -> None:
    parts = [5, 5, 2]
    assert one_by_one(lambda: ["meal"] if parts else [], lambda _meal: parts.pop(0)) == 12


def test_trouble_of_the_database_is_left_to_the_next_round() -> None:
    def deed(one: str) -> int:
        raise sa.exc.TimeoutError

    with pytest.raises(sa.exc.TimeoutError):
        one_by_one(lambda: ["meal"], deed)
