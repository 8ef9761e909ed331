"""The stories of this service: what is done when something is heard, falls due, or is to be sent."""
