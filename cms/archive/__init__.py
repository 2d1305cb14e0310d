"""What was public at any time, for the archivist: looked at, and exported."""
