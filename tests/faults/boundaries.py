"""Campaign 9: the machine goes off at each boundary between two steps, and the story ends as if it had not.

The story is told once undisturbed, which finds the boundaries, and then once for each of them, with a death there.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from services.notifications.domain.letter import LetterKind
from shared.clock import SetClock
from shared.contracts.receipt import Receipt
from shared.contracts.routes import ROUTES
from tests.faults.mortal import MortalHouse, Reaper
from tests.faults.seams import Boundary
from tests.faults.story import TUESDAY, Ending, Story
from tests.real.sink import Sink, open_sink
from tests.stories.house import environment

SENDER = "notifications sender"
MAY_HAVE_LEFT = ("after the provider's call", "before commit 1")  # the commit that keeps the outcome
LETTERS = ("alert", "cancelled_by_guest", "confirmed", "reminder", "sign-in", "waitlisted")


@dataclass
class Stage:
    """A house in which the story is told again and again."""

    house: MortalHouse
    sink: Sink

    def tell(self, reaper: Reaper) -> Ending:
        """Tell the story in an empty house, with this reaper at the boundaries."""
        self.house.forget()
        self.house.obey(reaper)
        return Story(self.house, self.sink).tell()


@contextmanager
def open_stage(new_database: Callable[[str], str], *, one_process: bool) -> Iterator[Stage]:
    """An empty house with a real mail sink."""
    with open_sink() as sink:
        mail = {"MAIL_PROVIDER": "smtp", "SMTP_URL": f"smtp://127.0.0.1:{sink.port}?tls=none"}
        env = environment(
            {name: new_database(name) for name in ("booking", "capacity", "notifications")},
            **mail,
            MAIL_FROM="tablees@example.org",
        )
        house = MortalHouse(env, SetClock(TUESDAY), one_process)
        try:
            yield Stage(house, sink)
        finally:
            house.close()


def unseen(reached: Iterable[Boundary]) -> set[str]:
    """The steps of the design that the story should take, and did not: each would be a boundary that nobody tests."""
    hops = {(route.sender, route.message.kind, to) for route in ROUTES for to in route.receivers}
    receipts = {(to, Receipt.kind, sender) for sender, _kind, to in hops}
    expected = {f"{sender} relay publishes {kind} to {to}: after publishing" for sender, kind, to in hops | receipts}
    expected |= {f"{to} worker hears {kind} from {sender}: after commit 1" for sender, kind, to in hops | receipts}
    expected |= {f"{SENDER} sends {kind}: after the provider's call" for kind in LETTERS}
    return expected - {str(boundary) for boundary in reached}


def differences(undisturbed: Ending, ending: Ending, died: Boundary) -> list[str]:
    """What a death changed that it may not change.

    Only a letter that was in the sender's hands may be given to its provider twice, under the same key; and a reminder
    in that place is not repeated: it is left to the operator, whether it arrived or not.
    """
    in_hand = died.process == SENDER
    left_to_the_operator = in_hand and ending.failed == {LetterKind.REMINDER: 1}
    may_repeat = in_hand and died.edge in MAY_HAVE_LEFT and LetterKind.REMINDER not in died.doing
    missing = undisturbed.told - ending.told
    same = replace(ending, told=undisturbed.told, repeated=undisturbed.repeated, failed=undisturbed.failed)
    wrong = {
        f"ended as {same}": same != undisturbed,
        f"told under another key: {ending.told - undisturbed.told}": not ending.told <= undisturbed.told,
        f"never told: {missing}": missing.total() > left_to_the_operator,
        f"failed: {ending.failed}": ending.failed and not left_to_the_operator,
        f"repeated: {ending.repeated}": ending.repeated and not may_repeat,
    }
    return [f"{died}: {what}" for what, is_so in wrong.items() if is_so]
