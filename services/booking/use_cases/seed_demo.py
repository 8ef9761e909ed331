"""Invented residents book the meals of the demo, as any resident would."""

from collections.abc import Collection
from random import Random
from unicodedata import normalize

from services.booking.domain.company import ALONE, Company, Greeting
from services.booking.domain.contact import Contact
from services.booking.domain.errors import BookingError
from services.booking.domain.needs import Needs
from services.booking.domain.persons import verified
from services.booking.domain.sittings import takes_bookings
from services.booking.domain.wish import Wish
from services.booking.store import bookings, persons
from services.booking.store.sittings import Filter
from services.booking.use_cases.book import book
from services.booking.use_cases.look import find_meals
from services.booking.use_cases.persons import person_of, say_persons
from services.booking.use_cases.seed_members import seed_members
from services.booking.use_cases.seed_pages import seed_pages
from services.booking.use_cases.tell_needs import tell_needs
from services.booking.use_cases.voice import Voice
from shared.contracts.party import Party
from shared.contracts.sitting import PartnerPlaces, SittingNotice
from shared.links import Links
from shared.messaging.service import Service
from shared.settings import CommonSettings

FIRST_NAMES = (
    "Aïcha Alain Amadou Anaïs Antoine Béatrice Camille Chantal Chloé Damien Élise Fatou Félix Gaëlle Georges Hakim "
    "Hélène Inès Jeanne Joël Karim Léa Lucie Malik Margaux Mathilde Mehdi Nadia Noémie Odile Pascal Quentin Rachid "
    "Rose Salomé Samuel Simone Solange Théo Yvonne Zoé"
)
LAST_NAMES = (
    "Ambroise Bellerive Castagne Delmotte Estève Fontanel Grandpré Hautbois Iriarte Jolivet Kervella Lavandier "
    "Mirabel Noiret Orsini Peyrelade Quintard Rochebrune Sauvignac Tournesol Valombre Verdier"
)
PARTIES = (
    [Party(eaters=1)] * 3
    + [Party(cooks=1)] * 3
    + [Party(eaters=2)] * 4
    + [Party(cooks=1, eaters=1)] * 3
    + [Party(cooks=1, eaters=1, children=2), Party(eaters=2, children=1), Party(eaters=4), Party(cooks=2, eaters=2)]
)
WILLING = 5  # to be called to cook, at each cantine
NEW = 0.08  # of the parties come for the first time
WELCOMED = 0.7  # of those
WELCOMING = 0.15  # of the others
SAYS_SO = 9  # one in so many says that they are a member, or would like to be
WITH_PARTNERS = 0.3  # of the meals
WITH_NEEDS = 0.15  # of the bookings
NEEDS = (
    [Needs(diets={"vegetarian": 1})] * 3
    + [Needs(diets={"without_pork": 1}), Needs(diets={"vegan": 1})]
    + [Needs(allergens=frozenset({one})) for one in ("gluten", "milk", "nuts", "eggs")]
)
SOON = 8  # days: these meals are well booked, the later ones begin to be


def seed_demo(service: Service, settings: CommonSettings) -> int:
    """Book for the demo. Does nothing if there are bookings, or no meals yet. Returns how many bookings it made."""
    with service.read() as conn:
        if not bookings.is_empty(conn):
            return 0
    links = Links(settings.secret_keys)
    voice = Voice(links, settings.public_url)
    meals = find_meals(service, Filter())
    made = 0
    for number, sitting in enumerate(meals.items):
        if not takes_bookings(sitting, meals.now):
            continue
        rng = Random(number)  # noqa: S311 - the same demo every time is what is wanted here
        soon = (sitting.starts_at - meals.now).days < SOON
        for wish in wishes_for(rng, sitting, _fill(rng, number) if soon else rng.uniform(0, 0.3)):
            try:
                booking = book(service, voice, sitting.thing, wish)
            except BookingError:  # the cutoff passed meanwhile
                break
            made += 1
            if rng.random() < WITH_NEEDS:
                tell_needs(service, booking.id, rng.choice(NEEDS))
    _agree_to_cook(service, voice, {one.cantine.slug for one in meals.items})
    seed_members(service, links, meals.items)
    seed_pages(service)
    return made


def _agree_to_cook(service: Service, voice: Voice, cantines: Collection[str]) -> None:
    """At each cantine some wish to be called when cooks are missing."""
    with service.work() as work:
        for number, slug in enumerate(sorted(cantines)):
            rng = Random(number)  # noqa: S311 - as above
            for _ in range(WILLING):
                contact = verified(_contact(rng), sms=True)
                if contact:
                    person = person_of(work, contact)
                    persons.agree_to_cook(work.conn, person.id, slug, work.now)
                    say_persons(work, voice, [person])


def _fill(rng: Random, number: int) -> float:
    """How much of the room is asked for: every fifth meal more than there is, so that some wait."""
    return 1.15 if number % 5 == 2 else rng.uniform(0.3, 0.95)


def wishes_for(rng: Random, sitting: SittingNotice, fill: float) -> list[Wish]:
    """Parties that together ask for this part of the seats."""
    wishes: list[Wish] = []
    asked = 0
    while asked < int(sitting.seats * fill):
        party = rng.choice(PARTIES)
        newcomer = rng.random() < NEW
        contact, company = _contact(rng), _company(rng, newcomer)
        says_so = not newcomer and len(wishes) % SAYS_SO == 1
        wishes.append(Wish(party=party, contact=contact, newcomer=newcomer, company=company, membership=says_so))
        asked += party.seats
    return wishes + [_of(partner) for partner in sitting.partners if rng.random() < WITH_PARTNERS]


def _company(rng: Random, newcomer: bool) -> Company:
    """A few show their first name, and would welcome somebody; of who comes for the first time most would like that."""
    if newcomer:
        return Company(greeting=Greeting.WELCOMED if rng.random() < WELCOMED else None)
    if rng.random() < WELCOMING:
        return Company(shows_name=True, greeting=Greeting.WELCOMES)
    return ALONE


def _of(partner: PartnerPlaces) -> Wish:
    """A partner books for two of its people."""
    contact = Contact(name=partner.name, email=f"{partner.id}@example.org", phone=None, language="fr")
    return Wish(party=Party(eaters=2), contact=contact, partner=partner.id)


def _contact(rng: Random) -> Contact:
    """Somebody who does not exist, with an address or a number that belongs to nobody."""
    first, last = rng.choice(FIRST_NAMES.split()), rng.choice(LAST_NAMES.split())
    reached_by = rng.choice(("email", "email", "phone", "both"))
    address = f"{_ascii(first)}.{_ascii(last)}@example.org".lower()
    return Contact(
        name=f"{first} {last}",
        email=address if reached_by != "phone" else None,
        phone=f"+3363998{rng.randrange(10_000):04d}" if reached_by != "email" else None,
        language="en" if rng.random() < 0.15 else "fr",
    )


def _ascii(name: str) -> str:
    return normalize("NFKD", name).encode("ascii", "ignore").decode()
