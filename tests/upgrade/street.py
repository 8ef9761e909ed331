"""What stays where it is while versions change: the doors that lead to whichever web serves, and who comes through."""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import urllib3

from shared.contracts.routes import SERVICES
from tests.faults.proxy import Link, open_links
from tests.faults.residents import Residents
from tests.real.fleet import Fleet

CHANGES_MENU_EVERY = 0.5  # seconds


@dataclass(frozen=True)
class Doors:
    """By service, one address for however many webs: what nginx is in production."""

    links: dict[str, Link]

    def lead_to(self, *fleets: Fleet) -> None:
        """Lead who comes from now on to these, in turn."""
        for service, link in self.links.items():
            link.lead_to(*(fleet.ports[service] for fleet in fleets))

    def port(self, service: str) -> int:
        """Where a service is reached."""
        return self.links[service].port


@contextmanager
def open_doors() -> Iterator[Doors]:
    """Doors that lead nowhere yet."""
    with open_links(*(0 for _ in SERVICES)) as links:
        yield Doors(dict(zip(SERVICES, links, strict=True)))


@dataclass
class Stream:
    """Lets residents come at an even pace, or at a tenth of it once as many came as a phase was to see."""

    residents: Residents
    per_second: float
    enough: int = 0
    _over: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def flowing(self) -> Iterator[None]:
        """Residents come while this lasts."""
        thread = threading.Thread(target=self._flow, name="stream", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            thread.join(10)

    @property
    def came(self) -> bool:
        """Whether as many were let as the phase was to see."""
        return self.residents.let_go >= self.enough

    @property
    def dry(self) -> bool:
        """Whether everybody has been let go."""
        return self.residents.let_go >= self.residents.deeds

    def begin_phase(self, deeds: int) -> None:
        """From now on so many are let at the full pace."""
        self.enough = self.residents.let_go + deeds

    def _flow(self) -> None:
        while not self._over.wait((1 if self.residents.let_go < self.enough else 10) / self.per_second):
            self.residents.let((self.residents.let_go + 1) / self.residents.deeds)


@dataclass
class Team:
    """A program that changes a meal's menu through capacity's API all the while, and looks if notifications serves."""

    doors: Doors
    token: str
    sitting: str
    answers: Counter[int] = field(default_factory=Counter)
    """By status; 0: no answer came."""
    menu: str = ""  # as it was accepted last
    _over: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """It works while this lasts."""
        thread = threading.Thread(target=self._work, name="team", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            thread.join(20)

    def _work(self) -> None:
        number = 0
        while not self._over.wait(CHANGES_MENU_EVERY):
            number += 1
            menu = f"Soup {number}"
            path = f"/coordination/api/v1/sittings/{self.sitting}"
            if self._ask("capacity", "PATCH", path, {"menu": menu}) == 200:
                self.menu = menu
            self._ask("notifications", "GET", "/messages/readyz")

    def _ask(self, service: str, method: str, path: str, body: object = None) -> int:
        """One request on a connection of its own, as nginx makes them. The status; 0 if nobody answered."""
        url = f"http://127.0.0.1:{self.doors.port(service)}{path}"
        headers = {"Connection": "close"}
        if body:
            headers |= {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        try:
            status = urllib3.request(
                method, url, body=json.dumps(body) if body else None, headers=headers, timeout=10, retries=False
            ).status
        except urllib3.exceptions.HTTPError:
            status = 0
        self.answers[status] += 1
        return status
