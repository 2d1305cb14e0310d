"""Settings: `base` has production values; `dev`, `test` and `production` say
by name what they loosen or demand. Environment variables are read in `env` only."""

from __future__ import annotations
