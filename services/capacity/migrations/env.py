"""Runs the migrations of capacity on the connection handed over."""

from alembic import context

from shared.migrations import run_in

run_in(context)
