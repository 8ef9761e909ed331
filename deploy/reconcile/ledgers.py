"""Where the three ledgers come from: the services' databases, or files printed on their hosts."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from services.booking.bootstrap import assemble as assemble_booking
from services.capacity.bootstrap import assemble as assemble_capacity
from services.notifications.bootstrap import assemble as assemble_notifications
from shared.contracts.routes import SERVICES
from shared.ledger.ledger import Ledger
from shared.ledger.lines import Line
from shared.ledger.text import NoLedger, read

_ASSEMBLE = (assemble_booking, assemble_capacity, assemble_notifications)


class CannotCompare(Exception):
    """These are not the ledgers of the three services of one network."""


@contextmanager
def from_databases(env: Mapping[str, str]) -> Iterator[list[Ledger]]:
    """The ledgers of the three services, as they stand now. Raises WrongSetting."""
    with ExitStack() as stack:
        opened = []
        for part in [assemble(env) for assemble in _ASSEMBLE]:
            stack.callback(part.service.database.dispose)
            opened.append(stack.enter_context(part.ledger()))
        yield opened


@contextmanager
def from_files(files: Sequence[Path]) -> Iterator[list[Ledger]]:
    """The ledgers that the three services printed. Raises CannotCompare, also while their lines are read."""
    with ExitStack() as stack:
        opened = []
        for service, file in zip(SERVICES, files, strict=True):
            texts = stack.enter_context(file.open(encoding="utf-8", errors="replace"))
            with _named(file):
                ledger = read(texts)
            if ledger.service != service:
                raise CannotCompare(f"{file} is the ledger of {ledger.service}, not of {service}.")
            opened.append(replace(ledger, lines=_lines(file, ledger)))
        if len({ledger.key for ledger in opened}) > 1:
            raise CannotCompare("The ledgers were printed with different SECRET_KEYS: contacts cannot be compared.")
        yield opened


def _lines(file: Path, ledger: Ledger) -> Iterator[Line]:
    with _named(file):
        yield from ledger.lines


@contextmanager
def _named(file: Path) -> Iterator[None]:
    try:
        yield
    except NoLedger as error:
        raise CannotCompare(f"{file} is no whole ledger: {error}.") from error
