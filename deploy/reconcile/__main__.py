"""The command: `python -m deploy.reconcile --help`."""

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click

from deploy.reconcile.compare import Tally, compare
from deploy.reconcile.findings import Finding
from deploy.reconcile.ledgers import CannotCompare, from_databases, from_files
from deploy.reconcile.report import in_words, summary
from shared.cli import in_one_sentence
from shared.contracts.routes import SERVICES
from shared.logs import configure_logs


class CannotLook(click.ClickException):
    """Nothing can be said of the three services."""

    exit_code = 2


@click.command(name="python -m deploy.reconcile")
@click.argument("ledgers", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--again", type=float, metavar="SECONDS", help="Look twice, so far apart; say what differs both times.")
def reconcile(ledgers: tuple[Path, ...], again: float | None) -> None:
    """Compare what booking, capacity and notifications keep, and say what differs.

    Without LEDGERS it reads the three databases named in the environment (see .env.example). Where no host reaches all
    three, print each with `python -m services.NAME ledger > FILE`, and give the files: BOOKING CAPACITY NOTIFICATIONS.

    Ends with 0 if nothing differs, 1 if something does, 2 if it could not look. While messages are on their way,
    a difference may be gone in a moment; --again keeps only what stays.
    """
    configure_logs(as_json=os.environ.get("LOG_FORMAT", "json") == "json")
    if ledgers and (len(ledgers) != len(SERVICES) or again is not None):
        raise click.UsageError("Give three files, BOOKING CAPACITY NOTIFICATIONS, which do not change; or none.")
    differences, tally = _look(ledgers)
    if again is not None:
        before = {finding.key for finding in differences}
        time.sleep(again)
        differences, tally = _look(ledgers)
        differences = [finding for finding in differences if finding.key in before]
    for finding in differences:
        click.echo(in_words(finding))
    for sentence in summary(tally, len(differences)):
        click.echo(sentence)
    sys.exit(1 if differences else 0)


def _look(files: Sequence[Path]) -> tuple[list[Finding], Tally]:
    """One comparison. Raises CannotLook."""
    tally = Tally()
    try:
        with in_one_sentence(), from_files(files) if files else from_databases(os.environ) as ledgers:
            return list(compare(ledgers, tally)), tally
    except click.ClickException as error:
        raise CannotLook(error.message) from error
    except (CannotCompare, OSError) as error:
        raise CannotLook(str(error)) from error


if __name__ == "__main__":
    reconcile()
