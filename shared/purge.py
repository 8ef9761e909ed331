"""How long a service keeps what it knows of the guests of a meal. Afterwards it forgets them, and is deaf to old news.

What forgets is in each service: only its own rules know what is left that nobody can be recognised by. Nothing is
forgotten while something about the meal has no receipt.
"""

from datetime import datetime, timedelta

KEPT = timedelta(days=90)  # after the meal begins
COMPARED = KEPT - timedelta(days=1)  # ledgers tell of meals not longer ago: services do not forget at the same instant
AT_ONCE = 50  # meals that a service looks at in one round


def is_forgotten(starts_at: datetime, now: datetime) -> bool:
    """Whether the guests of a meal that began at `starts_at` are forgotten, or about to be (both UTC).

    What is heard of them then is receipted and ignored: it would bring them back.
    """
    return starts_at + KEPT <= now
