"""The log: what was made public, when, and by whom. Append-only."""
