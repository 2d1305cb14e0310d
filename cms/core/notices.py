"""What may be meant, and whoever writes or reviews a text should know of it.

Nothing here forbids anything; what does is in :mod:`cms.core.house_rules`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.engine import originals
from cms.gate import record, rules
from cms.gate.errors import Issue
from cms.kinds.references import named
from cms.log.models import Head
from cms.reading.languages import source_code
from cms.reading.pages import Reading, Redirect, read_path

_PAGE_LINK = re.compile(r'<a [^>]*linktype=\\?"page\\?"[^>]*>')
_ID = re.compile(r'\bid=\\?"(\d+)')
_ADDRESS = re.compile(r'href=\\?"([^"\\]+)')


def page_notices(page: Any) -> Iterator[Issue]:
    """Yield what is odd about a page and where it stands."""
    yield from of_references(page)
    if rules.is_source(page):
        yield from _dead_links(page)
        yield from _above(page)


def of_references(obj: Any) -> Iterator[Issue]:
    """Yield each text that is named and that no reader sees."""
    if not rules.is_source(obj):
        return
    keys = {key: None for _relation, key in named(obj.kind, obj.rendering().document)}
    public = Head.objects.public().filter(key__in=keys, locale=source_code())
    seen = {str(key) for key in public.values_list("key", flat=True)}
    for key in keys:
        if key in seen or key == str(obj.translation_key):
            continue
        text = _(
            "'%(name)s' is not public: readers see no link to it, and not its text."
        )
        yield Issue("not_public", text % {"name": originals.find(key) or key})


def _dead_links(page: Any) -> Iterator[Issue]:
    """Yield links in the text that lead nowhere; those to other sites are not asked."""
    stored = json.dumps(page.body.get_prep_value(), ensure_ascii=False, default=str)
    ids = {int(n) for a in _PAGE_LINK.findall(stored) for n in _ID.findall(a)}
    if ids - set(Page.objects.filter(pk__in=ids).values_list("pk", flat=True)):
        text = _(
            "A link leads to a page that has been deleted: readers see its words only."
        )
        yield Issue("dead_link", text, "body")
    ours = urlsplit(settings.CMS_PUBLIC_BASE_URL).netloc
    for address in dict.fromkeys(_ADDRESS.findall(stored)):
        parts = urlsplit(address)
        path = unquote(parts.path)
        if parts.netloc not in {"", ours} or not path.endswith("/"):
            continue
        if not isinstance(read_path(path), Reading | Redirect):
            text = _("The link to %(address)s leads nowhere.")
            yield Issue("dead_link", text % {"address": address}, "body")


def _above(page: Any) -> Iterator[Issue]:
    """A page below one that is not public is found by its address only."""
    above = page.get_parent()
    if above is None or above.is_root() or page.is_front_page():
        return
    above = above.specific
    if not record.is_public(above):
        text = _(
            "The page above, '%(title)s', is not public: no way leads down to this."
        )
        yield Issue("parent_not_public", text % {"title": above.title})
