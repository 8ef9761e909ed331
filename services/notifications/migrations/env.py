"""Runs this service's migrations on the connection that `shared.migrations.migrate` hands over."""

from alembic import context

from shared.migrations import run_in

run_in(context)
