"""What the embedding and the reader are trained on, and how the embedding is."""
