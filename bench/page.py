"""The public page of meals: its CPU with 200 cantines and three weeks of meals at each."""

import psycopg

from bench.figure import Figure, Result
from bench.house import House, open_house
from bench.load import offer, page
from bench.options import Options

CANTINES = 200
# The rhythm of the demo: lunch from Tuesday to Friday, dinner on Friday, brunch on Sunday.
MEALS = f"""
INSERT INTO sitting (id, revision, cantine_slug, cantine_name, cantine_city, cantine_address, cantine_phone,
    cantine_email, cantine_zone, date, cooking_starts, meal_starts, starts_at, cutoff_at, status, menu, allergens,
    break_even_price, seats, seats_left, cook_places, cook_places_left, waitlist_length, at_risk)
SELECT md5(c || ' ' || day || ' ' || meal_starts)::uuid::text, 1, 'cantine-' || c, 'Les Tablées du quartier ' || c,
    'Ville ' || c % 40, c || ' rue des Essais', '+33639980002', 'cantine' || c || '@example.org', 'Europe/Paris', day,
    meal_starts - interval '3 hours', meal_starts, (day + meal_starts) AT TIME ZONE 'Europe/Paris',
    (day - 1 + time '20:00') AT TIME ZONE 'Europe/Paris', 'open', 'Velouté de potimarron, parmentier de lentilles',
    '["celery", "milk"]', 1250, 36, c % 37, 10, c % 11, 0, false
FROM generate_series(1, {CANTINES}) AS c, generate_series(2, 22) AS ahead,
    LATERAL (SELECT current_date + ahead AS day) AS days,
    (VALUES (2, time '12:30'), (3, time '12:30'), (4, time '12:30'), (5, time '12:30'), (5, time '20:00'),
            (7, time '11:30')) AS rhythm (weekday, meal_starts)
WHERE extract(isodow FROM day) = weekday;
"""


def measure(options: Options) -> Result:
    """One resident after the other asks for `/`; there is no cache on the way."""
    count = options.bookings or 200
    with open_house() as house:
        _furnish(house)
        house.start("booking web")
        offer(house.port, [page("/")] * 20, clients=1)  # warm
        before = house.cpu()
        loaded = offer(house.port, [page("/")] * count, clients=1)
        after = house.cpu()
        meals = house.fleet.known_sittings()
    if loaded.count(200) != count:
        raise RuntimeError(f"only {loaded.count(200)} of {count} pages were served")
    spent = {name: (after[name] - before[name]) / count * 1000 for name in ("booking web", "PostgreSQL")}
    return Result(
        [
            Figure(
                what=f"page of meals, {CANTINES} cantines: CPU",
                measured=sum(spent.values()),
                must=15,
                stretch=8,
                unit=" ms",
            )
        ],
        [
            f"{count} times `/`, one client, {meals} meals to come: {loaded.seconds / count * 1000:.1f} ms each",
            f"CPU: web {spent['booking web']:.2f} ms, PostgreSQL {spent['PostgreSQL']:.2f} ms",
        ],
    )


def _furnish(house: House) -> None:
    with psycopg.connect(house.database("booking"), autocommit=True, connect_timeout=3) as conn:
        conn.execute(MEALS.encode())
        conn.execute("VACUUM (ANALYZE)")
