"""Keeps letters instead of sending them: for the demo's mailbox and for tests."""

from collections.abc import Callable

from services.notifications.domain.sending import Accepted, Outcome, Outgoing


class Recorder:
    """Hands every letter to `record`, which keeps one of each key."""

    name = "recorder"
    repeats_safely = True

    def __init__(self, record: Callable[[Outgoing], None]) -> None:
        self._record = record

    def send(self, outgoing: Outgoing) -> Outcome:
        self._record(outgoing)
        return Accepted(outgoing.key)

    def close(self) -> None:
        pass
