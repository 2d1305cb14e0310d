"""What a document names: other pages and blocks, by key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from cms.kinds.kinds import Part
from cms.kinds.members import Html, Ref
from cms.kinds.walking import values

LINK = re.compile(r'<a href="cms:([0-9a-f-]{36})">(.*?)</a>', re.DOTALL)
#: The relation of a link in a text, which shows nothing of its target.
TEXT_LINK = "link"


def named(kind: type[Part], document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield relation and key of everything that the document names."""
    for field, value in values(kind, document, (Ref, Html)):
        if isinstance(field.member, Ref):
            relation = field.member.relation or field.name
            yield from ((relation, key) for key in texts(value))
        else:
            for fragment in texts(value):
                yield from ((TEXT_LINK, m.group(1)) for m in LINK.finditer(fragment))


def texts(value: Any) -> Iterator[str]:
    """Yield every text in a value: one, a list, rows of a table."""
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)
