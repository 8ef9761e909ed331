"""The tables that every service has, in its own database, for its own messages."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Column, Index, MetaData, Table

from shared.database import Instant


@dataclass(frozen=True)
class MessagingTables:
    """The four tables of a service's post, and the one of its timers that fail."""

    outbox: Table
    heard: Table
    attempt: Table
    neighbour: Table
    ailing: Table


def messaging_tables(metadata: MetaData) -> MessagingTables:
    """Declare the tables of a service's post in its metadata."""
    outbox = Table(
        "outbox",
        metadata,
        Column("receiver", sa.String(40), primary_key=True),
        Column("kind", sa.String(40), primary_key=True),
        Column("thing", sa.String(80), primary_key=True),
        Column("revision", sa.BigInteger, nullable=False),
        Column("body", sa.JSON, nullable=False),
        Column("correlation", sa.String(64), nullable=False),
        Column("said_at", Instant, nullable=False),
        Column("due_at", Instant, nullable=True),  # when to publish; null once the broker has confirmed
        Column("published_at", Instant, nullable=True),
        Column("sends", sa.Integer, nullable=False, default=0),
        Column("overtaken", sa.Integer, nullable=False, default=0),  # re-sent because a later row was receipted
        Column("stuck_at", Instant, nullable=True),
        Index("outbox_due", "due_at"),
        Index("outbox_published", "receiver", "published_at"),
    )
    heard = Table(
        "heard",
        metadata,
        Column("kind", sa.String(40), primary_key=True),
        Column("thing", sa.String(80), primary_key=True),
        Column("revision", sa.BigInteger, nullable=False),
    )
    attempt = Table(
        "attempt",
        metadata,
        Column("kind", sa.String(40), primary_key=True),
        Column("thing", sa.String(80), primary_key=True),
        Column("revision", sa.BigInteger, primary_key=True),
        Column("sender", sa.String(40), nullable=False),
        Column("body", sa.JSON, nullable=False),
        Column("correlation", sa.String(64), nullable=False),
        Column("marks", sa.Integer, nullable=False),
        Column("error", sa.String(500), nullable=True),
        Column("parked_at", Instant, nullable=True),
    )
    neighbour = Table(
        "neighbour",
        metadata,
        Column("receiver", sa.String(40), primary_key=True),
        Column("receipted_up_to", Instant, nullable=True),  # the latest publishing time of a row that was receipted
        Column("probed_at", Instant, nullable=True),  # or the latest receipt: only who is silent is probed
    )
    ailing = Table(
        "ailing_timer",
        metadata,
        Column("name", sa.String(80), primary_key=True),
        Column("since", Instant, nullable=False),
        Column("last_at", Instant, nullable=False),
        Column("times", sa.Integer, nullable=False),
        Column("error", sa.String(200), nullable=False),  # its kind; its words could hold personal data
    )
    return MessagingTables(outbox, heard, attempt, neighbour, ailing)
