"""The command line that every service has: `python -m services.<name> --help`."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import amqp
import click
import kombu.exceptions
import sqlalchemy as sa

from shared.assembly import Assembly
from shared.ledger.text import write
from shared.logs import configure_logs
from shared.loops import run_until_told
from shared.messaging import again, parked
from shared.messaging.worker import run_worker
from shared.settings import WrongSetting


class _Commands(click.Group):
    """Commands to which what an operator can mend is one clear sentence, not a traceback; also those a service adds."""

    def invoke(self, ctx: click.Context) -> object:
        with in_one_sentence():
            return super().invoke(ctx)


@contextmanager
def in_one_sentence() -> Iterator[None]:
    """Say what an operator can mend as a ClickException."""
    try:
        yield
    except WrongSetting as error:
        raise click.ClickException(str(error)) from error
    except sa.exc.DBAPIError as error:
        raise click.ClickException(_database_trouble(error)) from error
    except (amqp.AccessRefused, amqp.NotAllowed) as error:
        raise click.ClickException("The broker refuses the user, password or host path of BROKER_URL.") from error
    except kombu.exceptions.OperationalError as error:
        raise click.ClickException("The broker of BROKER_URL cannot be reached.") from error


def _database_trouble(error: sa.exc.DBAPIError) -> str:
    """What is wrong with the database itself, in one sentence. Anything else is a fault of ours, and raised again."""
    reason = " ".join(str(error.orig).split()).rstrip(".")
    if getattr(error.orig, "sqlstate", None) == "42P01" or "no such table" in reason:
        return "The database has no tables yet, or old ones: run `migrate` first."
    if isinstance(error, sa.exc.OperationalError):
        return f"The database cannot be used: {reason}."
    raise error


def make_cli(name: str, assemble: Callable[[], Assembly]) -> click.Group:
    """The commands of one service, to which it may add its own."""

    @click.group(name=name, cls=_Commands, help=f"The {name} service of Tablée.")
    def cli() -> None:
        configure_logs(as_json=os.environ.get("LOG_FORMAT", "json") == "json")

    @cli.command()
    @click.option("--host", default="127.0.0.1", show_default=True)
    @click.option("--port", default=8000, show_default=True)
    @click.option("--workers", default=2, show_default=True, help="Processes.")
    @click.option("--threads", default=16, show_default=True, help="Threads of each process.")
    def web(host: str, port: int, workers: int, threads: int) -> None:
        """Serve the pages and the API."""
        parts = assemble()
        from shared.web.server import serve  # no other process needs a web server

        serve(parts.make_web, host=host, port=port, workers=workers, threads=threads, metrics=parts.settings.metrics)

    @cli.command()
    @click.option("--concurrency", default=1, show_default=True, help="Child processes (or threads).")
    @click.option("--pool", default="prefork", show_default=True, type=click.Choice(["prefork", "threads", "solo"]))
    def worker(concurrency: int, pool: str) -> None:
        """Hear messages."""
        parts = assemble()
        run_worker(parts.make_celery(), parts.settings, pool=pool, concurrency=concurrency)

    @cli.command()
    def relay() -> None:
        """Publish messages, do what falls due, and tell how this service is."""
        parts = assemble()
        app = parts.make_celery()
        run_until_told(
            {"relay": parts.make_relay(app).run, "timers": parts.run_timers, "teller": parts.make_teller(app).run}
        )

    @cli.command()
    def migrate() -> None:
        """Bring the database to this version's schema; one of a newer version is left as it is."""
        reached = assemble().migrate()
        click.echo(f"{name}: the database is {'up to date' if reached else 'of a newer version, and left as it is'}.")

    @cli.command()
    def resay() -> None:
        """Say everything live again, for a neighbour (or this service) that was restored from a copy."""
        click.echo(f"{name}: {assemble().resay()} things said again.")

    @cli.command()
    def ledger() -> None:
        """Print what this service keeps, without personal data, for `python -m deploy.reconcile` to compare."""
        with assemble().ledger() as opened:
            for text in write(opened):
                click.echo(text)

    @cli.command("unstick")
    def unstick() -> None:
        """Send stuck items again."""
        service = assemble().service
        with service.database.begin() as conn:
            count = again.release_stuck(conn, service.tables.outbox, service.clock.now(conn))
        service.bell.ring()
        click.echo(f"{name}: {count} stuck items are sent again.")

    cli.add_command(_parked_commands(assemble))
    return cli


def add_loops(cli: click.Group, assemble: Callable[[], Assembly], *names: str) -> None:
    """A command for each further process that a service has."""
    for loop_name in names:

        def run(loop_name: str = loop_name) -> None:
            run_until_told({loop_name: assemble().loops[loop_name]})

        cli.add_command(click.Command(loop_name, callback=run, help=f"Run the {loop_name}."))


def _parked_commands(assemble: Callable[[], Assembly]) -> click.Group:
    @click.group(name="parked", help="Items that could not be handled.")
    def group() -> None:
        pass

    @group.command("list")
    def list_items() -> None:
        """One line per parked item: kind, thing, revision, sender, attempts, error, since."""
        service = assemble().service
        with service.read() as conn:
            items = parked.all_parked(conn, service.tables.attempt)
        for one in items:
            item = one.item
            click.echo(
                f"{item.kind} {item.thing} {item.revision} from {item.sender}: {one.marks} attempts, "
                f"{one.error or 'killed or hung its worker'}, since {one.parked_at:%Y-%m-%d %H:%M:%S} UTC"
            )
        if not items:
            click.echo("Nothing is parked.")

    def find(parts: Assembly, thing: str) -> list[parked.Parked]:
        with parts.service.read() as conn:
            found = [one for one in parked.all_parked(conn, parts.service.tables.attempt) if one.item.thing == thing]
        if not found:
            raise click.ClickException(f"No parked item about {thing}.")
        return found

    @group.command()
    @click.argument("thing")
    def show(thing: str) -> None:
        """The whole item. It may hold personal data: do not paste it anywhere."""
        for one in find(assemble(), thing):
            click.echo(json.dumps(one.item.as_sent() | {"kind": one.item.kind, "error": one.error}, indent=2))

    @group.command()
    @click.argument("thing")
    def replay(thing: str) -> None:
        """Handle the item again; it leaves the list if that works."""
        parts = assemble()
        for one in find(parts, thing):
            try:
                parts.inbox.replay(one.item)
            except Exception as error:
                raise click.ClickException(f"It failed again: {type(error).__name__}.") from error
            _drop(parts, one)
            click.echo(f"{one.item.kind} {thing}: handled.")

    @group.command()
    @click.argument("thing")
    def drop(thing: str) -> None:
        """Forget the item without handling it."""
        parts = assemble()
        for one in find(parts, thing):
            _drop(parts, one)
            click.echo(f"{one.item.kind} {thing}: dropped.")

    return group


def _drop(parts: Assembly, one: parked.Parked) -> None:
    with parts.service.database.begin() as conn:
        parked.forget(conn, parts.service.tables.attempt, [one.item])
