"""The command line of notifications: `python -m services.notifications --help`."""

from services.notifications.bootstrap import assemble
from shared.cli import add_loops, make_cli

cli = make_cli("notifications", assemble)
add_loops(cli, assemble, "sender")

if __name__ == "__main__":
    cli()
