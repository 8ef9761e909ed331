"""Whether a service moves, as it told and as our own clock saw it come: pure, and no clock but ours is believed.

What it says of itself is told in ages, so that a clock that is wrong does not matter; that nothing comes any more is
told by our own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from shared.contracts.routes import CAPACITY
from shared.contracts.service_state import LETTERS, ServiceState, Trouble, Wait

SILENT_AFTER = timedelta(minutes=3)  # three tellings that did not come
LATE = {True: timedelta(minutes=2), False: timedelta(minutes=1)}  # for letters, for messages: from then on it is slow,
TOO_LATE = {True: timedelta(minutes=15), False: timedelta(minutes=5)}  # and from then on stuck
A_HICCUP = timedelta(minutes=5)  # for which a timer may fail
MANY_TASKS = 20  # each is a batch
CLOCKS_DIFFER = timedelta(minutes=2)


class Motion(IntEnum):
    """How a service moves, from best to worst."""

    MOVING = 0
    SLOW = 1
    STUCK = 2
    SILENT = 3


class Lack(StrEnum):
    """What is not as it should be."""

    SILENCE = "silence"
    BROKER = "broker"  # it does not let the service in
    WORKER = "worker"  # none is at its queue
    BEHIND = "behind"  # many tasks wait in its queue
    WAIT = "wait"  # messages to another have no receipt
    LETTERS = "letters"
    STUCK = "stuck"
    PARKED = "parked"
    TIMER = "timer"
    CLOCK = "clock"


@dataclass(frozen=True, kw_only=True)
class Heard:
    """How a service told that it is, when we heard it, and since when it hears nothing itself."""

    state: ServiceState
    heard_at: datetime
    deaf_since: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One lack: since when by our clock (None: unknown), of how many, of what; whether somebody else is to blame."""

    lack: Lack
    motion: Motion
    since: datetime | None = None
    count: int = 0
    what: str = ""
    error: str = ""
    elsewhere: bool = False


@dataclass(frozen=True, kw_only=True)
class Diagnosis:
    """How a service moves, and what is not as it should be, worst first."""

    service: str
    heard_at: datetime | None
    findings: tuple[Finding, ...]

    @property
    def motion(self) -> Motion:
        """As slow as the worst of it."""
        return max((one.motion for one in self.findings), default=Motion.MOVING)


def kept(known: Heard | None, told: ServiceState, now: datetime) -> Heard | None:
    """What is known once this was told; None if something later is. Who was silent and is heard again is believed,
    whatever revision it counts: its clock or its database was put back.
    """
    if known and told.revision <= known.state.revision and not _silent(known, now):
        return None
    deaf = not told.broker or told.hearers == 0
    since = known.deaf_since if known and known.deaf_since else now
    return Heard(state=told, heard_at=now, deaf_since=since if deaf else None)


def diagnoses(heard: Mapping[str, Heard], services: tuple[str, ...], now: datetime) -> list[Diagnosis]:
    """How all of them are."""
    ears = {name for name in services if name not in heard or _silent(heard[name], now) or heard[name].deaf_since}
    return [
        Diagnosis(
            service=name,
            heard_at=heard[name].heard_at if name in heard else None,
            findings=tuple(sorted(_findings(name, heard.get(name), ears, now), key=lambda one: -one.motion)),
        )
        for name in services
    ]


def _findings(name: str, heard: Heard | None, deaf: set[str], now: datetime) -> Iterator[Finding]:
    if heard is None or _silent(heard, now):
        since = heard.heard_at if heard else None
        elsewhere = name != CAPACITY and CAPACITY in deaf  # who hears nothing cannot say who is silent
        yield Finding(lack=Lack.SILENCE, motion=Motion.SILENT, since=since, elsewhere=elsewhere)
    if heard is None:
        return
    state = heard.state
    if heard.deaf_since:
        yield Finding(lack=Lack.WORKER if state.broker else Lack.BROKER, motion=Motion.STUCK, since=heard.deaf_since)
    elif (state.unheard or 0) >= MANY_TASKS:
        yield Finding(lack=Lack.BEHIND, motion=Motion.SLOW, count=state.unheard or 0)
    for wait in state.waits:
        yield from _waiting(wait, heard, deaf)
    for trouble in state.troubles:
        yield _trouble(trouble, heard, now)
    ahead = state.told_at - heard.heard_at
    if abs(ahead) > CLOCKS_DIFFER:
        yield Finding(lack=Lack.CLOCK, motion=Motion.SLOW, count=round(ahead / timedelta(minutes=1)))


def _waiting(wait: Wait, heard: Heard, deaf: set[str]) -> Iterator[Finding]:
    letters = wait.what == LETTERS
    waited = timedelta(seconds=wait.seconds)  # when it was told: since then it may have got its receipt
    if waited < LATE[letters]:
        return
    elsewhere = wait.what in deaf
    stuck = waited >= TOO_LATE[letters] and not elsewhere
    yield Finding(
        lack=Lack.LETTERS if letters else Lack.WAIT,
        motion=Motion.STUCK if stuck else Motion.SLOW,
        since=_since(wait.seconds, heard),
        count=wait.count,
        what=wait.what,
        elsewhere=elsewhere,
    )


def _trouble(trouble: Trouble, heard: Heard, now: datetime) -> Finding:
    lack, since = Lack(trouble.how), _since(trouble.seconds, heard)
    hiccup = lack is Lack.TIMER and now - since < A_HICCUP
    return Finding(
        lack=lack,
        motion=Motion.SLOW if hiccup else Motion.STUCK,
        since=since,
        count=trouble.count,
        what=trouble.what,
        error=trouble.error,
    )


def _since(seconds: int, heard: Heard) -> datetime:
    return heard.heard_at - timedelta(seconds=seconds)


def _silent(heard: Heard, now: datetime) -> bool:
    return now - heard.heard_at >= SILENT_AFTER
