"""The public site: what a resident sees, rendered from published documents."""
