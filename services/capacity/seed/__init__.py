"""An invented network for the demo: real cities, their real rhythm, invented addresses, reserved phone numbers."""

from services.capacity.seed.demo import seed_demo

__all__ = ["seed_demo"]
