"""Tells other systems what was published: the outbox, its workers and its screens."""
