"""Runs the migrations of booking."""

from alembic import context

from shared.migrations import run_in

run_in(context)
