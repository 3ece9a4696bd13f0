"""Trains the ranking of passages."""
