"""What falls due, done one by one: one that fails is told of, and holds up no other."""

from collections.abc import Callable, Sequence

from shared.database import is_transient
from shared.logs import get_logger

log = get_logger(__name__)


def one_by_one(due: Callable[[], Sequence[str]], deed: Callable[[str], int]) -> int:
    """Do it for everything that is due, until nothing more is. Returns the sum of what the deeds returned.

    What raises is logged and left out of this round, as is that to which nothing was done. Raises only what is the
    database's own trouble.
    """
    done, left_out = 0, set[str]()
    while fresh := [one for one in due() if one not in left_out]:
        for one in fresh:
            try:
                count = deed(one)
                done += count
                if not count:
                    left_out.add(one)
            except Exception as error:
                if is_transient(error):
                    raise
                left_out.add(one)
                log.exception("Something that was due could not be done.", thing=one)
    return done
