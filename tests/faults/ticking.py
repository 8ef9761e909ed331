"""One process of campaign 11: it rings what falls due and sends it. In production two do that: relay and sender.

`python -m tests.faults.ticking STALE PAUSE`: a letter in a silent sender's hands is given back after STALE seconds, and
one that may have arrived is repeated after PAUSE.
"""

import sys
from datetime import timedelta

from services.notifications.bootstrap import assemble
from services.notifications.domain import retry
from services.notifications.use_cases import fall_due, send_due
from shared.logs import configure_logs
from shared.loops import run_until_told


def main(stale: float, pause: float) -> None:
    """Tick and send until told to stop."""
    configure_logs(as_json=True)
    fall_due.STALE_AFTER = timedelta(seconds=stale)
    send_due.HOLD_FOR = min(send_due.HOLD_FOR, stale / 4)
    retry.FIRST_PAUSE = timedelta(seconds=pause)
    parts = assemble()
    run_until_told({"timers": parts.run_timers, **parts.loops})


if __name__ == "__main__":
    main(*map(float, sys.argv[1:3]))
