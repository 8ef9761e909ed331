"""Fills the three databases with bookings of a settled life: decided, told, receipted, four fifths of them past.

60 bookings at each meal; meals of the past 80 days and of the coming three weeks. Everything is invented.
"""

from concurrent.futures import ThreadPoolExecutor

import psycopg

from bench.house import House
from shared.contracts.routes import SERVICES

AT_EACH = 60  # bookings

# What each booking `n` and each meal `s` is called, and when it is, in every service alike.
NAMES = """
CREATE TEMP TABLE meal AS
SELECT s, md5('meal' || s)::uuid::text AS id, day, s % 5 = 0 AS to_come,
       (day + time '11:30') AT TIME ZONE 'UTC' AS starts_at, (day - 1 + time '19:00') AT TIME ZONE 'UTC' AS cutoff_at
FROM (SELECT s, current_date + CASE WHEN s % 5 = 0 THEN 2 + s / 5 % 21 ELSE -1 - s % 80 END AS day
      FROM generate_series(0, {meals} - 1) AS s) AS days;
CREATE TEMP TABLE guest AS
SELECT n, md5('booking' || n)::uuid::text AS id, meal.id AS meal, meal.day, meal.starts_at, meal.to_come,
       meal.starts_at - interval '3 days' - n % 100 * interval '1 hour' AS asked_at, 1700000000000000 + n AS revision
FROM generate_series(1, {bookings}) AS n JOIN meal ON meal.s = n % {meals};
"""
FILL = {
    "booking": """
INSERT INTO sitting (id, revision, cantine_slug, cantine_name, cantine_city, cantine_address, cantine_phone,
    cantine_email, cantine_zone, date, cooking_starts, meal_starts, starts_at, cutoff_at, status, menu, allergens,
    break_even_price, seats, seats_left, cook_places, cook_places_left, waitlist_length, at_risk)
SELECT id, 1700000000000000, 'filled', 'La Tablée pleine', 'Lyon', '1 rue des Essais', '+33639980002',
    'filled@example.org', 'Europe/Paris', day, '09:30', '12:30', starts_at, cutoff_at, 'open', 'Soupe', '[]', 1250,
    60, 0, 20, 20, 0, false FROM meal;
INSERT INTO booking (id, sitting, name, email, language, cooks, eaters, children, asked_at, created_at, revision,
    notice_revision, news, told, status, waiting, answer_revision, answers, standing, held_cooks, held_eaters,
    held_children, wished_cooks, wished_eaters, wished_children)
SELECT id, meal, 'Jeanne Exemple', 'filled' || n || '@example.org', 'fr', 0, 1, 0, asked_at, asked_at, revision,
    revision, revision, 'confirmed 0 1 0', 'confirmed', false, revision, revision, 'held', 0, 1, 0, 0, 1, 0 FROM guest;
INSERT INTO idempotency_key (key, fingerprint, booking, created_at)
SELECT md5('key' || n), md5('wish' || n), id, now() FROM guest WHERE n % 60 = 0;
INSERT INTO heard (kind, thing, revision) SELECT 'seats_answer', id, revision FROM guest;
INSERT INTO heard (kind, thing, revision) SELECT 'sitting_notice', id, 1700000000000000 FROM meal;
""",
    "capacity": """
INSERT INTO cantine (slug, name, city, address, phone, email, zone)
VALUES ('filled', 'La Tablée pleine', 'Lyon', '1 rue des Essais', '+33639980002', 'filled@example.org', 'Europe/Paris');
INSERT INTO sitting (id, cantine, date, cooking_starts, meal_starts, starts_at, cutoff_at, status, menu, allergens,
    break_even_price, kitchen, own_kitchen, confirmed_only, seats, cook_places, held, cooks_held, overhang,
    cook_overhang, waitlist_length, waitlist_closed, revision)
SELECT id, 'filled', day, '09:30', '12:30', starts_at, cutoff_at, 'open', 'Soupe', '[]', 1250,
    '{{"room": 80, "cook_places": 20}}', '{{}}', false, 80, 20, 60, 0, 0, 0, 0,
    NOT to_come, 1700000000000000 FROM meal;
INSERT INTO claim (booking, sitting, request_revision, revision, standing, held_cooks, held_eaters, held_children,
    wished_cooks, wished_eaters, wished_children, asked_at)
SELECT id, meal, revision, revision, 'held', 0, 1, 0, 0, 1, 0, asked_at FROM guest;
INSERT INTO heard (kind, thing, revision) SELECT 'seats_request', id, revision FROM guest;
""",
    "notifications": """
INSERT INTO known_sitting (id, cantine, date, cooking_starts, meal_starts, starts_at, status, menu, break_even_price)
SELECT id, '{{"slug": "filled", "name": "La Tablée pleine", "city": "Lyon", "address": "1 rue des Essais",
    "phone": "+33639980002", "email": "filled@example.org", "zone": "Europe/Paris"}}',
    day, '09:30', '12:30', starts_at, 'open', 'Soupe', 1250 FROM meal;
INSERT INTO known_booking (id, sitting, status, cooks, eaters, children, news, name, email, language, link, short_code)
SELECT id, meal, 'confirmed', 0, 1, 0, revision, 'Jeanne Exemple', 'filled' || n || '@example.org', 'fr',
    'http://127.0.0.1/b/' || md5('link' || n) || md5('secret' || n), left(md5('code' || n), 20) FROM guest;
INSERT INTO letter (key, kind, booking, sitting, channel, state, due_at, latest_at, attempts, starts_at, taken_at,
    called_at, sent_at, provider, correlation, facts)
SELECT id || ':confirmed:' || revision, 'confirmed', id, meal, 'email', 'sent', asked_at, starts_at, 1, starts_at,
    asked_at, asked_at, asked_at, 'smtp', md5('why' || n), '{{}}' FROM guest;
INSERT INTO letter (key, kind, booking, sitting, channel, state, due_at, latest_at, attempts, starts_at, taken_at,
    called_at, sent_at, provider, correlation, facts)
SELECT id || ':reminder:' || to_char(starts_at, 'YYYYMMDD"T"HH24MI'), 'reminder', id, meal, 'email',
    CASE WHEN to_come THEN 'planned' ELSE 'sent' END, starts_at - interval '20 hours 30 minutes',
    starts_at - interval '2 hours', CASE WHEN to_come THEN 0 ELSE 1 END, starts_at, NULL, NULL, NULL, NULL,
    md5('why' || n), '{{}}' FROM guest;
INSERT INTO heard (kind, thing, revision) SELECT 'booking_notice', id, revision FROM guest;
INSERT INTO heard (kind, thing, revision) SELECT 'sitting_notice', id, 1700000000000000 FROM meal;
""",
}


def fill(house: House, bookings: int) -> None:
    """Put so many settled bookings into every service, and leave the tables as housekeeping leaves them."""
    with ThreadPoolExecutor(len(SERVICES)) as pool:
        list(pool.map(lambda service: fill_one(house.database(service), service, bookings), SERVICES))


def fill_one(url: str, service: str, bookings: int) -> None:
    """Put them into the database of one service."""
    meals = max(1, bookings // AT_EACH)
    with psycopg.connect(url, autocommit=True, connect_timeout=3) as conn:
        conn.execute("SET synchronous_commit = off")
        conn.execute("SET TIME ZONE 'UTC'")
        conn.execute((NAMES + FILL[service]).format(bookings=bookings, meals=meals).encode())
        conn.execute("VACUUM (ANALYZE)")
        conn.execute("CHECKPOINT")
