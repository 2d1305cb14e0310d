"""Safety-critical pages and the numbers that must stand beside them.

What is public is asked of the log: a page says in its document that it is
safety-critical, and emergency numbers are blocks of a type of their own.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from cms.log.models import Head, HeadQuerySet
from cms.reading.models import Language
from cms.reading.queries import EMERGENCY


def numbers_are_public(code: str) -> bool:
    """Say whether readers of the language are given emergency numbers in it."""
    heads = Head.objects.public().filter(type=EMERGENCY, locale=code)
    return heads.exists()


def lacks_numbers(code: str) -> bool:
    """Say why not to offer a language to readers, who meet every Swedish page in it.

    A page that is not translated is shown in Swedish in the reader's own frame, so one
    safety-critical page in any language is reason enough.
    """
    return bool(_critical_pages().exists() and not numbers_are_public(code))


def lacking_numbers_message() -> str:
    return _(
        "There are safety-critical pages, and no public emergency numbers in this "
        "language: publish those first."
    )


def pages_that_need_numbers(code: str) -> list[str]:
    """Return the titles of the public pages beside which the numbers in this language
    stand: all that are safety-critical, if readers are offered the language.
    """
    pages = _critical_pages()
    if not Language.objects.offers(code):
        pages = pages.filter(locale=code)
    return list(dict.fromkeys(pages.order_by("title").values_list("title", flat=True)))


def _critical_pages() -> HeadQuerySet:
    return Head.objects.pages().public().filter(is_sensitive=True)
