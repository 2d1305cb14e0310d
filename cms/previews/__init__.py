"""Links that show one draft to somebody without an account."""
