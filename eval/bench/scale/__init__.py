"""A whole folder of statutes: building, memory, speed and hits at size."""
