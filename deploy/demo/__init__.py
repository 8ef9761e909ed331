"""The whole product in one process, with an invented network, under a supervisor: `python -m deploy.demo`."""
