"""Requests of staff that cannot be understood: told in a sentence, and nothing changed.

Wagtail's views take for granted that a form comes as its page made it. A field that is
missing, repeated, or no number where a number is meant makes them raise, which readers
of the log would take for a fault of ours, and whoever sent it for a broken server
(https://github.com/wagtail/wagtail/issues/9577 and 1697; in choosers #7344).
"""

from __future__ import annotations

import json
import logging
import traceback

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DataError, IntegrityError
from django.forms.formsets import ORDERING_FIELD_NAME
from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _

from cms.gate.errors import Conflict, Issue, NotFit, Refused

_log = logging.getLogger(__name__)
#: Where Django turns what was sent into a value of a model's field, or of the database.
_CONVERTERS = frozenset({"get_prep_value", "get_db_prep_value", "to_python"})
#: Where a form is taken apart; rows that it counts and does not have are found last.
_READERS = frozenset({"value_from_datadict"})
_ORDER = (KeyError, (ORDERING_FIELD_NAME,))
#: Where the search finds a filter by how often something is used, which it cannot do
#: (https://github.com/wagtail/django-modelsearch/issues/51).
_NARROWING = "_get_filters_from_where_node"
_BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)


class Unreadable(Refused):
    """The request is not one that a page of ours makes."""

    status = 400
    code = "unreadable"


class Gone(Refused):
    """What the request is about is not there, or no longer."""

    status = 404
    code = "gone"


def refusal_for(request: HttpRequest, error: Exception) -> Refused | None:
    """Return what to answer when a view could not make sense of a request.

    None for every other error, which is ours. What was refused is in the log with its
    traceback, because a view may be at fault all the same.
    """
    refusal = _refusal(request, error)
    if refusal is not None:
        _log.warning(
            "Not understood: %s %s", request.method, request.path, exc_info=error
        )
    return refusal


def _refusal(request: HttpRequest, error: Exception) -> Refused | None:
    if isinstance(error, MultiValueDictKeyError):
        text = _("The form did not come whole: '%(name)s' is missing in it.")
        return Unreadable(text % {"name": str(error.args[0]).strip("'")[:80]})
    if isinstance(error, ValidationError):
        return NotFit([Issue("not_fit", text) for text in error.messages])
    if isinstance(error, ObjectDoesNotExist):
        return Gone(_("It is not there any more, or never was."))
    if isinstance(error, IntegrityError):
        text = _("Somebody has changed it meanwhile: look again, and try once more.")
        return Conflict(text)
    return _refused_value(request, error)


def _refused_value(request: HttpRequest, error: Exception) -> Refused | None:
    """Refuse what was raised where something that was sent becomes a value."""
    steps = [step.name for step in traceback.extract_tb(error.__traceback__)]
    if steps[-1:] == [_NARROWING]:
        text = _("A search cannot be narrowed down in this way: leave one of both out.")
        return Unreadable(text)
    is_read = (
        steps[-1] in _CONVERTERS
        or not _READERS.isdisjoint(steps)
        or (type(error), error.args) == _ORDER
    )
    if (
        isinstance(error, DataError | json.JSONDecodeError)
        or (isinstance(error, NoReverseMatch) and _leads_on(request))
        or (isinstance(error, _BROKEN) and is_read)
    ):
        text = _("A value cannot be used. Open the page again and try once more.")
        return Unreadable(text)
    return None


def _leads_on(request: HttpRequest) -> bool:
    """Say whether the request names the page that comes after it."""
    return "next" in {*request.GET, *request.POST}
