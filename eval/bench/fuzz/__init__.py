"""Random and hostile questions: nothing may raise, nothing may be slow."""
