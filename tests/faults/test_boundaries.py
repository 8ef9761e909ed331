"""The machine goes off after each step that others can see, once: nothing is lost, and repeats have the same key."""

from collections.abc import Callable

from tests.faults.boundaries import LETTERS, differences, open_stage, unseen
from tests.faults.mortal import Reaper


def test_the_machine_may_go_off_between_any_two_steps(new_database: Callable[[str], str], backend: str) -> None:
    with open_stage(new_database, one_process=backend == "sqlite") as stage:
        undisturbed = stage.tell(watcher := Reaper())
        assert unseen(watcher.reached) == set()
        assert (len(undisturbed.told), undisturbed.repeated.total()) == (len(LETTERS) + 1, 0)
        wrong: list[str] = []
        for boundary in watcher.reached:
            if boundary.edge.startswith("after"):
                ending = stage.tell(reaper := Reaper(boundary))
                assert reaper.has_struck
                wrong += differences(undisturbed, ending, boundary)
    assert wrong == []
