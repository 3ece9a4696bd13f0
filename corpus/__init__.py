"""What the policies say: readers, outline, tables, heads and the policy lexicon."""
