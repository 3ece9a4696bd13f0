"""Other people's retrieval, measured beside ours in the same run."""
