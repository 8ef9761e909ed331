"""Lunches, and a token for a program of staff: `python furnish.py LUNCHES SEATS`, with capacity's environment.

It runs within the tree of the version that is to be furnished, and prints what it made as JSON.
"""

import json
import sys
from datetime import timedelta

from services.capacity.bootstrap import assemble
from services.capacity.domain.history import Author
from services.capacity.domain.kitchen import OwnKitchen
from services.capacity.domain.sittings import Plan
from services.capacity.use_cases.add_cantine import add_cantine
from services.capacity.use_cases.add_coordinator import add_coordinator
from services.capacity.use_cases.open_sitting import open_sitting
from services.capacity.use_cases.tokens import make_token
from tests.stories.residents import CANTINE, at_noon


def main() -> None:
    """Furnish an empty network."""
    lunches, seats = map(int, sys.argv[1:])
    capacity = assemble()
    with capacity.service.work() as work:
        add_cantine(work, CANTINE)
        days = [work.now.date() + timedelta(days=3 + number) for number in range(lunches)]
        plans = [Plan(**at_noon(day), kitchen=OwnKitchen(room=seats, cook_places=seats // 3)) for day in days]
        ids = [open_sitting(work, CANTINE.slug, plan, "", Author(name="Camille")) for plan in plans]
        camille = add_coordinator(
            work, email="camille@example.org", name="Camille", language="fr", cantines=[CANTINE.slug]
        )
        token = make_token(work, camille, "a program of Camille's")
    sys.stdout.write(json.dumps({"lunches": ids, "token": token}))


if __name__ == "__main__":
    main()
