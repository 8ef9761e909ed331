"""`make rehearse-upgrade`: update from an older version while residents book. `python -m tests.upgrade --help`."""

import random
import sys
import tempfile
from pathlib import Path

import click

from tests import backends
from tests.faults.report import as_table
from tests.upgrade.rehearsal import Plan, open_rehearsal, rehearse
from tests.upgrade.versions import NoHistory, before_last_migration, commit_of, take_out, title_of


@click.command()
@click.argument("revisions", nargs=-1)
@click.option("--bookings", default=400, show_default=True)
@click.option("--per-second", default=6.0, show_default=True, help="Requests of residents.")
@click.option("--seed", type=int, help="Of all chances; drawn and printed if not given.")
def main(revisions: tuple[str, ...], bookings: int, per_second: float, seed: int | None) -> None:
    """Rehearse the update from these revisions (by default from the one before the last migration).

    It needs PostgreSQL and RabbitMQ as `make test` does. Exits with 1 if something did not hold.
    """
    if not (backends.have_postgres() and backends.have_rabbitmq()):
        sys.exit("The rehearsal needs PostgreSQL and RabbitMQ where the tests look for them (README.md).")
    plan = Plan(bookings, per_second, seed=random.randrange(1, 10_000) if seed is None else seed)
    click.echo(f"Seed {plan.seed}.")
    try:
        commits = [commit_of(one) for one in revisions] or [before_last_migration()]
        held = [_from(commit, plan) for commit in commits]
    except NoHistory as error:
        sys.exit(f"The version before is not to be had here: {error}.")
    sys.exit(0 if all(held) else 1)


def _from(commit: str, plan: Plan) -> bool:
    with tempfile.TemporaryDirectory(prefix="tablee-upgrade-") as name:
        folder = Path(name)
        old = take_out(commit, folder / "old")
        with backends.new_queue_prefix() as prefix, open_rehearsal(old, folder, prefix, migrated_by=old) as rehearsal:
            report = rehearse(rehearsal, f"From {title_of(commit)} to this version", plan)
    click.echo(as_table(report))
    return report.held


if __name__ == "__main__":
    main()
