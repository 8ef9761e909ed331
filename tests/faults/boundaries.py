"""Campaign 9: the machine goes off at each boundary between two steps, and the story ends as if it had not.

The story is told once undisturbed, which finds the boundaries, and then once for each of them, with a death there.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial

import psycopg

from services.notifications.domain.letter import LetterKind
from services.notifications.domain.retry import MAX_REPEATS
from shared.clock import SetClock
from shared.contracts.cook_call import CookCall, CookReplies
from shared.contracts.guest_link import GuestLink
from shared.contracts.host_message import HostMessage
from shared.contracts.person import PersonNotice
from shared.contracts.receipt import Receipt
from shared.contracts.routes import ROUTES
from shared.contracts.sms_credit import CreditAlert, SmsCredit
from tests.faults import ordered_deaths
from tests.faults.mortal import MortalHouse, Reaper
from tests.faults.report import Figure, Options, Report, at_least, none_of
from tests.faults.seams import Boundary
from tests.faults.servers import Postgres, open_postgres
from tests.faults.story import HOOKS_SECRET, TUESDAY, Ending, Story
from tests.real.sink import Sink, open_sink
from tests.stories.house import environment

SENDER = "notifications sender"
MAY_HAVE_LEFT = ("after the provider's call", "before commit 1")  # the commit that keeps the outcome
LETTERS = ("alert", "cancelled_by_guest", "confirmed", "reminder", "sign-in", "waitlisted")
TEXTS = ("text_stopped",)  # by SMS, which does not reach the mail sink


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
            HOOKS_SECRET=HOOKS_SECRET,
        )
        house = MortalHouse(env, SetClock(TUESDAY), one_process)
        try:
            yield Stage(house, sink)
        finally:
            house.close()


def run(options: Options) -> Report:
    """Die at every arrival at every boundary, as the demo (SQLite) and as processes of their own (PostgreSQL).

    Then real processes kill themselves at each.
    """
    with tempfile.TemporaryDirectory(prefix="tablee-boundaries-") as folder, open_postgres() as server:
        as_demo = strike_everywhere(lambda name: f"sqlite:///{folder}/{name}.db", one_process=True)
        as_processes = strike_everywhere(partial(_make, server), one_process=False)
    figures = [figure for struck in (as_demo, as_processes) for figure in struck.figures()]
    of_real_ones, notes = ordered_deaths.run(options)
    return Report(
        "9 · The machine goes off at each boundary between two steps", (*figures, *of_real_ones), tuple(notes)
    )


def strike_everywhere(new_database: Callable[[str], str], *, one_process: bool) -> "Struck":
    """Tell the story once undisturbed, and once more for each arrival at a boundary, with a death there."""
    with open_stage(new_database, one_process=one_process) as stage:
        undisturbed = stage.tell(watcher := Reaper())
        struck = Struck("one process" if one_process else "own processes", watcher, unseen(watcher.reached))
        for boundary, arrivals in watcher.reached.items():
            for time in range(1, arrivals + 1):
                ending = stage.tell(reaper := Reaper({boundary: time}))
                struck.deaths += len(reaper.struck)
                struck.wrong += differences(undisturbed, ending, reaper.struck)
                struck.repeated += ending.repeated.total()
                struck.left_to_the_operator += ending.failed.total()
    return struck


def first_of_each_deed(boundaries: Sequence[Boundary]) -> list[Boundary]:
    """Those at which one story may strike: no process dies twice at the same deed, and the sender no more often than a
    letter in its hands is tried again.
    """
    firsts = list({(one.process, one.doing): one for one in reversed(boundaries)}.values())
    of_the_sender = [one for one in firsts if one.process == SENDER]
    return [one for one in firsts if one not in of_the_sender[MAX_REPEATS - 1 :]]


@dataclass
class Struck:
    """What came of all the deaths in one kind of house."""

    where: str
    watcher: Reaper
    unseen: set[str]
    deaths: int = 0
    repeated: int = 0
    left_to_the_operator: int = 0
    wrong: list[str] = field(default_factory=list)

    def figures(self) -> Iterator[Figure]:
        """In words."""
        arrivals = self.watcher.reached.total()
        yield none_of(f"{self.where}: steps of the design that are not struck", self.unseen)
        yield at_least(f"{self.where}: deaths, at {len(self.watcher.reached)} boundaries", self.deaths, arrivals)
        yield none_of(f"{self.where}: lost, oversold, told under another key, or not agreed", self.wrong)
        allowed = "only what was in the sender's hands"
        yield Figure(f"{self.where}: letters repeated under their key", str(self.repeated), allowed, not self.wrong)
        yield Figure(
            f"{self.where}: reminders left to the operator", str(self.left_to_the_operator), allowed, not self.wrong
        )


def _make(server: Postgres, name: str) -> str:
    with psycopg.connect(server.url, autocommit=True) as conn:
        conn.execute(f'CREATE DATABASE "{name}"')
    return server.url_of(name)


NOT_TOLD_HERE = {CookCall, CookReplies, CreditAlert, GuestLink, HostMessage, PersonNotice, SmsCredit}
"""What this story does not tell of yet. They take the same steps; their own stories repeat and restore them."""


def unseen(reached: Iterable[Boundary]) -> set[str]:
    """The steps of the design that the story should take, and did not: each would be a boundary that nobody tests."""
    hops = {
        (route.sender, route.message.kind, to)
        for route in ROUTES
        for to in route.receivers
        if route.message not in NOT_TOLD_HERE
    }
    receipts = {(to, Receipt.kind, sender) for sender, _kind, to in hops}
    expected = {f"{sender} relay publishes {kind} to {to}: after publishing" for sender, kind, to in hops | receipts}
    expected |= {f"{to} worker hears {kind} from {sender}: after commit 1" for sender, kind, to in hops | receipts}
    expected |= {f"{SENDER} sends {kind}: after the provider's call" for kind in (*LETTERS, *TEXTS)}
    return expected - {str(boundary) for boundary in reached}


def differences(undisturbed: Ending, ending: Ending, deaths: Sequence[Boundary]) -> list[str]:
    """What deaths changed that they may not change.

    Only a letter that was in the sender's hands may be given to its provider twice, under the same key; and a reminder
    in that place is not repeated: it is left to the operator, whether it arrived or not.
    """
    in_hand = [died for died in deaths if died.process == SENDER]
    left_to_the_operator = bool(in_hand) and ending.failed == {LetterKind.REMINDER: 1}
    may_repeat = any(died.edge in MAY_HAVE_LEFT and LetterKind.REMINDER not in died.doing for died in in_hand)
    missing = undisturbed.told - ending.told
    same = replace(ending, told=undisturbed.told, repeated=undisturbed.repeated, failed=undisturbed.failed)
    wrong = {
        f"ended as {same}": same != undisturbed,
        f"told under another key: {ending.told - undisturbed.told}": not ending.told <= undisturbed.told,
        f"never told: {missing}": missing.total() > left_to_the_operator,
        f"failed: {ending.failed}": ending.failed and not left_to_the_operator,
        f"repeated: {ending.repeated}": ending.repeated and not may_repeat,
    }
    return [f"{', '.join(map(str, deaths))}: {what}" for what, is_so in wrong.items() if is_so]
