"""The command: `python -m deploy.backup --help`."""

import os
from pathlib import Path

import click
import sqlalchemy as sa

from deploy.backup.copies import make_copies, open_list
from deploy.backup.copies import put_back as put_copies_back
from deploy.backup.databases import CannotCopy, Counts
from shared.contracts.routes import SERVICES
from shared.settings import WrongSetting, database_url, with_files

folder_of_copies = click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
demo_data = click.option(
    "--demo", type=click.Path(file_okay=False, path_type=Path), help="The folder of a demo's data, instead of settings."
)
only = click.option("--only", type=click.Choice(SERVICES), multiple=True, help="These alone; all by default.")


@click.group(name="python -m deploy.backup")
def backup() -> None:
    """Copy the three databases named in the environment (or a demo's), and put copies back into empty ones.

    Copies hold personal data, and what was forgotten since they were made: do not keep them longer than ninety days.
    """


@backup.command()
@folder_of_copies
@demo_data
@only
def make(folder: Path, demo: Path | None, only: tuple[str, ...]) -> None:
    """Copy each database into FOLDER, which must be new. People may go on booking meanwhile."""
    _tell("copied", _done(make_copies, demo, only, folder))


@backup.command()
@folder_of_copies
@demo_data
@only
def put_back(folder: Path, demo: Path | None, only: tuple[str, ...]) -> None:
    """Fill empty databases from FOLDER, and compare the rows of each table. What is not empty is not touched."""
    _tell("put back", _done(put_copies_back, demo, only, folder))
    click.echo("Now: migrate; start all; resay, the restored services last; then python -m deploy.reconcile.")


@backup.command()
@folder_of_copies
def check(folder: Path) -> None:
    """Say what FOLDER holds, if its copies are whole."""
    try:
        _tell("whole", open_list(folder))
    except CannotCopy as error:
        raise click.ClickException(str(error)) from error


def _done(deed, demo: Path | None, only: tuple[str, ...], folder: Path) -> dict[str, Counts]:  # type: ignore[no-untyped-def]
    try:
        result: dict[str, Counts] = deed(_urls(demo, only or SERVICES), folder)
    except (CannotCopy, WrongSetting) as error:
        raise click.ClickException(str(error)) from error
    except sa.exc.DBAPIError as error:
        raise click.ClickException(f"A database cannot be used: {' '.join(str(error.orig).split())}") from error
    return result


def _urls(demo: Path | None, services: tuple[str, ...]) -> dict[str, str]:
    if demo:
        return {service: f"sqlite:///{demo}/{service}.db" for service in services}
    env = with_files(os.environ)
    return {service: database_url(env, f"{service.upper()}_DATABASE_URL") for service in services}


def _tell(what: str, counts: dict[str, Counts]) -> None:
    for service, rows in counts.items():
        click.echo(f"{service}: {what}, {sum(rows.values())} rows in {len(rows)} tables.")


if __name__ == "__main__":
    backup()
