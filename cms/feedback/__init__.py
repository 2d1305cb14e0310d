"""What readers tell us: errors in a text, and languages they miss."""
