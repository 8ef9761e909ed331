"""An invented network for the demo: real cities, their real rhythm, invented addresses, reserved phone numbers."""

from services.capacity.seed.demo import seed_demo
from services.capacity.seed.past import note_last_week, seed_past

__all__ = ["note_last_week", "seed_demo", "seed_past"]
