"""Which requests are answered with kept bytes, and under which key.

A key is made from what an answer depends on and from nothing else: the path, and the
parameters that pages know. The language is in the path or in a parameter; no header and
no cookie changes a body.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

API = "/api/"
#: A view says so in ``request.META`` when we may keep what a browser must not.
KEEP = "cms.delivery.keep"
#: The parameters that made a difference to a page: pairs of name and value.
USED = "cms.delivery.used"
#: Not ours to keep: staff, files, and what is only for one reader.
PASSED_ON = (
    *("/admin", "/static/", "/media/", "/readyz"),
    *("/forhandsvisning/", "/api/v1/preview/"),
)
#: Parameters that change a public page. Others (campaigns, trackers) change nothing.
PAGE_PARAMETERS = frozenset({"page", "focus", "phase"})
#: Parameters of the API that have few values, or others are refused.
API_PARAMETERS = frozenset({"lang", "type"})
#: Parameters with which anybody could ask for endlessly many answers.
ENDLESS = frozenset({"q", "since", "cursor", "publication"})
_LONGEST_QUERY = 300
_LONGEST_PATH = 1100


def key_of(environ: dict[str, Any]) -> str | None:
    """Return the key under which the answer may be kept; nothing if it may not."""
    path: str = environ["PATH_INFO"]
    if len(path) > _LONGEST_PATH or path.startswith(PASSED_ON):
        return None
    query: str = environ.get("QUERY_STRING", "")
    if not query:
        return path
    if len(query) > _LONGEST_QUERY:
        return None
    known = _known(query, is_api=path.startswith(API))
    if known is None:
        return None
    return f"{path}?{known}" if known else path


@lru_cache(maxsize=1000)
def _known(query: str, *, is_api: bool) -> str | None:
    """Return what of a query an answer depends on; None when it may not be kept."""
    parameters = parse_qsl(query, keep_blank_values=True)
    names = {name for name, _value in parameters}
    if names & ENDLESS:
        return None
    if is_api:
        # In one spelling: each letter can be written in several ways.
        return urlencode(sorted((name, _tag(name, v)) for name, v in parameters))
    return urlencode(sorted(each for each in parameters if each[0] in PAGE_PARAMETERS))


def _tag(name: str, value: str) -> str:
    """Return a language tag in lower case; other values as they are."""
    return value.lower() if name == "lang" else value


def is_certain(key: str) -> bool:
    """Say whether only what there is has such a key, so that nobody makes more of them.

    Addresses alone, and parameters with few values. Of pages only those parameters are
    in keys that have been used.
    """
    path, _mark, query = key.partition("?")
    names = {name for name, _value in parse_qsl(query, keep_blank_values=True)}
    return not path.startswith(API) or names <= API_PARAMETERS


def were_used(key: str, environ: dict[str, Any]) -> bool:
    """Say whether a page used all of the parameters in its key, and their values."""
    path, _mark, query = key.partition("?")
    return path.startswith(API) or set(parse_qsl(query)) <= environ.get(USED, set())
