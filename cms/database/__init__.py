"""Which database a question goes to, and how long an answer may take."""
