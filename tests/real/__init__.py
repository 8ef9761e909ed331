"""Tests on the real RabbitMQ and the real PostgreSQL."""
