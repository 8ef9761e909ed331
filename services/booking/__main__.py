"""The command line of booking: `python -m services.booking --help`."""

import click

from services.booking.bootstrap import assemble
from services.booking.use_cases.seed_demo import seed_demo
from shared.cli import make_cli

cli = make_cli("booking", assemble)


@cli.command("seed-demo")
def seed() -> None:
    """Invented residents book the meals to come (only where there is no booking yet)."""
    parts = assemble()
    made = seed_demo(parts.service, parts.settings)
    click.echo(f"booking: {made} bookings made.")


if __name__ == "__main__":
    cli()
