"""The command line of capacity: `python -m services.capacity --help`."""

from typing import Any
from zoneinfo import ZoneInfoNotFoundError

import click

from services.capacity.bootstrap import assemble
from services.capacity.domain.cantines import FlawedCantine, mailbox
from services.capacity.domain.staff import NoSuchStaff, UnknownCantine
from services.capacity.seed import seed_demo
from services.capacity.use_cases.add_cantine import add_cantine
from services.capacity.use_cases.add_coordinator import add_coordinator, remove_staff
from shared.cli import make_cli
from shared.contracts.sitting import Cantine
from shared.contracts.staff import StaffRole

cli = make_cli("capacity", assemble)


@cli.command("add-cantine")
@click.option("--slug", required=True, help="A short name for addresses, such as lyon-vaise.")
@click.option("--name", required=True)
@click.option("--city", required=True)
@click.option("--address", required=True)
@click.option("--phone", required=True)
@click.option("--email", required=True)
@click.option("--zone", default="Europe/Paris", show_default=True, help="IANA time zone.")
def add_cantine_command(**values: Any) -> None:
    """Add a cantine, or change what is known of it."""
    try:
        with assemble().service.work() as work:
            add_cantine(work, Cantine(**values))
    except FlawedCantine as error:
        raise click.ClickException(str(error)) from error
    except ZoneInfoNotFoundError as error:
        raise click.ClickException(f"There is no time zone {values['zone']!r}.") from error
    click.echo(f"capacity: {values['slug']} is a cantine of the network.")


@cli.command("add-coordinator")
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--language", default="fr", show_default=True)
@click.option("--role", type=click.Choice(list(StaffRole)), default=StaffRole.COORDINATOR, show_default=True)
@click.option("--cantine", "cantines", multiple=True, help="Slug; may be given several times.")
def add_coordinator_command(email: str, name: str, language: str, role: str, cantines: tuple[str, ...]) -> None:
    """Give somebody a role in exactly these cantines; an administrator has it in all, and needs none."""
    what = StaffRole(role)
    if not cantines and what is not StaffRole.ADMINISTRATOR:
        raise click.ClickException("Please say of which cantine, with --cantine.")
    try:
        with assemble().service.work() as work:
            add_coordinator(work, email=mailbox(email), name=name, language=language, cantines=cantines, role=what)
    except FlawedCantine as error:
        raise click.ClickException(str(error)) from error
    except UnknownCantine as error:
        raise click.ClickException("There is no such cantine. See add-cantine.") from error
    click.echo(f"capacity: the {what} can sign in.")


@cli.command("remove-staff")
@click.option("--email", required=True)
def remove_staff_command(email: str) -> None:
    """Take everything away from a member of staff, in every session."""
    try:
        with assemble().service.work() as work:
            remove_staff(work, email)
    except NoSuchStaff as error:
        raise click.ClickException("Nobody has this address.") from error
    click.echo("capacity: their sessions end within a minute.")


@cli.command("seed-demo")
def seed_demo_command() -> None:
    """Fill an empty database with an invented network and its next three weeks."""
    click.echo(f"capacity: {seed_demo(assemble().service)} sittings opened.")


if __name__ == "__main__":
    cli()
