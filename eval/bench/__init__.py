"""Retrieval measured on public collections in the BEIR layout."""
