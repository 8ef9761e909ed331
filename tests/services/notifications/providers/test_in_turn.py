"""Several providers for one channel."""

from dataclasses import dataclass, field

from services.notifications.domain.letter import Channel
from services.notifications.domain.sending import Accepted, NotNow, Outcome, Outgoing, Refused, Unknown
from services.notifications.providers.in_turn import FAILURES, LEFT_ALONE, InTurn

SMS = Outgoing(key="a", channel=Channel.SMS, to="+33639980042", text="A bientot")


@dataclass
class Scripted:
    """Says always the same, and counts how often it was asked."""

    name: str
    says: Outcome
    repeats_safely: bool = False
    asked: int = 0

    def send(self, outgoing: Outgoing) -> Outcome:
        self.asked += 1
        return self.says

    def close(self) -> None:
        pass


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Pair:
    first: Scripted
    second: Scripted = field(default_factory=lambda: Scripted("second", Accepted("2")))
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.both = InTurn([self.first, self.second], self.clock)


def test_the_second_is_asked_if_the_first_certainly_took_nothing() -> None:
    assert Pair(Scripted("first", NotNow("no connection"))).both.send(SMS) == Accepted("2", by="second")


def test_what_the_first_may_have_taken_is_never_handed_to_the_second() -> None:
    pair = Pair(Scripted("first", Unknown("ReadTimeoutError")))
    assert pair.both.send(SMS) == Unknown("ReadTimeoutError")
    assert pair.second.asked == 0


def test_a_number_that_the_first_refuses_is_refused() -> None:
    pair = Pair(Scripted("first", Refused("the number is not valid")))
    assert pair.both.send(SMS) == Refused("the number is not valid")
    assert pair.second.asked == 0


def test_if_neither_takes_it_now_it_is_due_again() -> None:
    pair = Pair(Scripted("first", NotNow("HTTP 429")), Scripted("second", NotNow("HTTP 503")))
    assert pair.both.send(SMS) == NotNow("HTTP 503")


def test_who_fails_again_and_again_is_left_alone_for_a_while() -> None:
    pair = Pair(Scripted("first", NotNow("no connection")))
    for _ in range(FAILURES + 3):
        assert pair.both.send(SMS) == Accepted("2", by="second")
    assert pair.first.asked == FAILURES
    pair.clock.now = LEFT_ALONE
    pair.both.send(SMS)
    pair.both.send(SMS)
    assert pair.first.asked == FAILURES + 1  # still failing: one try is enough


def test_who_is_well_again_is_asked_first_again() -> None:
    pair = Pair(Scripted("first", Unknown("HTTP 500")))
    for _ in range(FAILURES):
        pair.both.send(SMS)
    pair.clock.now, pair.first.says = LEFT_ALONE, Accepted("1")
    assert [pair.both.send(SMS) for _ in range(FAILURES)] == [Accepted("1", by="first")] * FAILURES


def test_a_key_is_repeated_safely_only_if_all_honour_it() -> None:
    honours, does_not = Scripted("a", Accepted(), repeats_safely=True), Scripted("b", Accepted())
    assert InTurn([honours, honours]).repeats_safely
    assert not InTurn([honours, does_not]).repeats_safely
    assert InTurn([honours, does_not]).name == "a,b"
