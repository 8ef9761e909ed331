"""The command line of booking: `python -m services.booking --help`."""

from services.booking.bootstrap import assemble
from shared.cli import make_cli

cli = make_cli("booking", assemble)

if __name__ == "__main__":
    cli()
