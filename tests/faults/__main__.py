"""`make faults`: run campaigns of faults and say, figure by figure, what held. `python -m tests.faults --help`."""

import random
import signal
import sys
from collections.abc import Mapping

import click

from tests.faults import (
    boundaries,
    broker_away,
    campaign,
    controls,
    demo_killed,
    hung_broker,
    poison,
    recovery,
    restore,
    servers,
    timers,
)
from tests.faults.report import Campaign, Options, as_table

CAMPAIGNS: Mapping[str, Campaign] = {
    "campaign": campaign.run,
    "small": campaign.run_small,
    "controls": controls.run,
    "recovery": recovery.run,
    "hung-broker": hung_broker.run,
    "poison": poison.run,
    "demo-killed": demo_killed.run,
    "broker-away": broker_away.run,
    "boundaries": boundaries.run,
    "restore": restore.run,
    "timers": timers.run,
}


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(list(CAMPAIGNS)))
@click.option("--seed", type=int, help="Of all chances; drawn and printed if not given.")
@click.option("--bookings", type=int, help="How many, instead of what each campaign says.")
def main(names: tuple[str, ...], seed: int | None, bookings: int | None) -> None:
    """Run the named campaigns (all by default). Exits with 1 if something did not hold."""
    missing = servers.missing()
    if missing:
        sys.exit(f"The campaigns start servers of their own: install {' and '.join(missing)}.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the servers are ended whatever happens
    options = Options(random.randrange(1, 10_000) if seed is None else seed, bookings)
    click.echo(f"Seed {options.seed}.")
    held = True
    for name in names or CAMPAIGNS:
        report = CAMPAIGNS[name](options)
        click.echo(as_table(report))
        held = held and report.held
    sys.exit(0 if held else 1)


if __name__ == "__main__":
    main()
