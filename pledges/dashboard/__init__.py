"""The staff's view of what was promised: what is due, late, or not done."""
