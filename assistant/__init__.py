"""Answering people: question analysis, evidence, answers with citations, surfaces."""
