"""What became of the letters that each provider was handed: kept in memory, told when somebody asks."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from services.notifications.domain.sending import Accepted, Outcome, Outgoing, Refused, Unknown
from services.notifications.providers.provider import Provider


@dataclass
class Notes:
    """When a provider last took a letter, and when it last failed and why. Seconds of a monotonic clock.

    A letter that is refused is no failure: its address is wrong, and the provider does what it should.
    """

    accepted_at: float | None = None
    failed_at: float | None = None
    failure: str = ""


@dataclass
class Watch:
    """The notes of all providers of one process since they were last taken."""

    clock: Callable[[], float] = time.monotonic
    _notes: dict[str, Notes] = field(default_factory=dict)

    def note(self, provider: str, outcome: Outcome) -> None:
        """A provider answered."""
        notes = self._notes.setdefault(provider, Notes())
        if isinstance(outcome, Accepted | Refused):
            notes.accepted_at = self.clock()
        else:
            notes.failed_at, notes.failure = self.clock(), outcome.reason

    def take(self) -> dict[str, Notes]:
        """The notes since they were last taken, by provider."""
        taken, self._notes = self._notes, {}
        return taken


class Watched:
    """A provider whose answers are noted."""

    def __init__(self, inner: Provider, watch: Watch) -> None:
        self.inner = inner
        self.name = inner.name
        self.repeats_safely = inner.repeats_safely
        self._watch = watch

    def send(self, outgoing: Outgoing) -> Outcome:
        try:
            outcome = self.inner.send(outgoing)
        except Exception as error:
            self._watch.note(self.name, Unknown(type(error).__name__))
            raise
        self._watch.note(self.name, outcome)
        return outcome

    def close(self) -> None:
        self.inner.close()
