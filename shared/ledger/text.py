"""A ledger as text, one JSON value a line, to be carried from one host to another."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from shared.ledger.ledger import Ledger
from shared.ledger.lines import Line, plain

FORMAT = 1


class NoLedger(Exception):
    """This is not a whole ledger."""


def write(ledger: Ledger) -> Iterator[str]:
    """First whose it is, last how many lines it had."""
    yield json.dumps({"ledger": ledger.service, "format": FORMAT, "at": plain(ledger.at), "key": ledger.key})
    count = 0
    for count, line in enumerate(ledger.lines, start=1):  # noqa: B007 - the last count is written at the end
        yield json.dumps(line, ensure_ascii=False)
    yield json.dumps({"end": count})


def read(texts: Iterable[str]) -> Ledger:
    """The ledger that was written. Raises NoLedger, also midway: where a line is missing or out of order."""
    texts = iter(texts)
    try:
        head = json.loads(next(texts, ""))
        service, at, key = head["ledger"], datetime.fromisoformat(head["at"]), head["key"]
        written_in = head["format"]
    except (ValueError, KeyError, TypeError) as error:
        raise NoLedger("its first line does not say whose ledger it is") from error
    if written_in != FORMAT:
        raise NoLedger("another version wrote it")
    return Ledger(service, at, key, _lines(texts))


def _lines(texts: Iterator[str]) -> Iterator[Line]:
    count, last = 0, ("", "")
    for text in texts:
        try:
            found = json.loads(text)
            ended = isinstance(found, dict)
            line = None if ended else Line(*found)
        except (ValueError, TypeError) as error:
            raise NoLedger(f"line {count + 2} cannot be read") from error
        if line is None:
            if found != {"end": count}:
                raise NoLedger("lines are missing")
            return
        if line.place < last:
            raise NoLedger(f"line {count + 2} is out of order")
        count, last = count + 1, line.place
        yield line
    raise NoLedger("its end is missing")
