"""The pages for coordinators."""

from flask import Flask

from services.capacity.settings import Settings
from shared.messaging.service import Service


def install(app: Flask, service: Service, settings: Settings) -> None:
    """Give the application its pages."""
