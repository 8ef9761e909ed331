"""The command line of the demo: `python -m deploy.demo --help`."""

import argparse
import os
import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - said before anything is imported that fails less clearly
    sys.exit("Tablée needs Python 3.11 or newer; this is %d.%d." % sys.version_info[:2])  # noqa: UP031

from deploy.demo.place import Place, Unusable
from deploy.demo.supervisor import supervise

HOME = Path(os.environ.get("TABLEE_DEMO_DIR") or Path(__file__).parents[2] / ".demo")


def main() -> int:
    """Start the demo, or forget its data."""
    parser = argparse.ArgumentParser(prog="python -m deploy.demo", description="Tablée, with an invented network.")
    parser.add_argument("--port", type=int, default=8000, help="where to serve (default: 8000)")
    parser.add_argument("--data", type=Path, default=HOME, help="the folder for the demo's data (default: .demo)")
    parser.add_argument("--reset", action="store_true", help="forget the demo's data instead of starting")
    asked = parser.parse_args()
    try:
        with Place.open(asked.data) as place:
            if asked.reset:
                place.forget()
                print("The demo's data is forgotten. `make demo` begins anew.")  # noqa: T201
                return 0
            return supervise(place, asked.port)
    except Unusable as error:
        sys.stderr.write(f"{error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
