"""Bytes kept ready for readers, keyed by the log: what is warm needs no Django."""
