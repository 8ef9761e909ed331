"""Compares the ledgers of the three services, and says what differs: `python -m deploy.reconcile --help`."""
