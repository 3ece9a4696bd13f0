"""Trains the reader: the network that orders evidence and tells whether it answers."""
