"""The machine goes off after each step that others can see: nothing is lost, and repeats have the same key.

As many deaths as can be in each story, on PostgreSQL; `make faults NAMES=boundaries` tells one story for each death, on
both databases.
"""

from collections.abc import Callable

import pytest

from tests.faults.boundaries import LETTERS, differences, first_of_each_deed, open_stage, unseen
from tests.faults.mortal import Reaper


@pytest.mark.parametrize("backend", ["postgres"], indirect=True)
def test_the_machine_may_go_off_between_any_two_steps(new_database: Callable[[str], str]) -> None:
    with open_stage(new_database, one_process=False) as stage:
        undisturbed = stage.tell(watcher := Reaper())
        assert unseen(watcher.reached) == set()
        assert undisturbed.kept_of_anna == 0
        assert (len(undisturbed.told), undisturbed.repeated.total()) == (len(LETTERS) + 1, 0)
        assert (undisturbed.other_way, undisturbed.heard) == (1, (1, 2))
        wrong: list[str] = []
        left = [boundary for boundary in watcher.reached if boundary.edge.startswith("after")]
        while left:
            ending = stage.tell(reaper := Reaper(dict.fromkeys(first_of_each_deed(left), 1)))
            assert reaper.struck
            wrong += differences(undisturbed, ending, reaper.struck)
            left = [boundary for boundary in left if boundary not in reaper.struck]  # a death may keep others away
    assert wrong == []
