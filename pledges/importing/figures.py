"""One row of a file as a figure, or what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from pledges.choices import Unit
from pledges.survey_rules import misplaced_group, out_of_range

_NUMBER = re.compile(
    r"[+\-−]?(?:[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+|[0-9]+)(?:[.,][0-9]+)?"
)
_FORMULA = tuple("=+-@\t\r＝＋－＠")
#: What the columns of the database hold: a figure, and a margin of error.
_LARGEST = (Decimal(9_999_999), Decimal(9_999))
_DIMENSIONS = {
    "total": {"", "alla", "totalt", "total", "everybody", "all"},
    "gender": {"kön", "gender", "sex"},
    "age": {"ålder", "åldersgrupp", "age"},
    "area": {"område", "ort", "area"},
}
_GROUPS = {
    "kvinnor": "women",
    "kvinna": "women",
    "women": "women",
    "män": "men",
    "man": "men",
    "men": "men",
}
_YES = {"ja", "j", "x", "1", "sant", "yes", "y", "true"}
_NO = {"", "nej", "n", "0", "falskt", "no", "false"}
_TEXT_LENGTHS = {"group": 40, "comparison_area": 80}


class WrongCell(Exception):
    """A cell cannot be what its column says; ``column`` is empty for the whole row."""

    def __init__(self, message: str, column: str = "") -> None:
        super().__init__(message)
        self.column = column


@dataclass(frozen=True)
class Figure:
    """A result as the file has it; ``code`` names the question."""

    code: str
    dimension: str
    group: str
    value: Decimal
    n: int | None
    margin: Decimal | None
    comparison_area: str
    comparison_value: Decimal | None
    suppressed: bool

    @property
    def place(self) -> tuple[str, str, str]:
        """What there can be one figure for in a survey."""
        return self.code, self.dimension, self.group


@dataclass(frozen=True)
class Expectations:
    """What the figures must agree with: units by code of question, answers in all."""

    units: Mapping[str, str]
    answered: int | None = None


def read_figure(cells: Mapping[str, str], expected: Expectations) -> Figure:
    """Read one row; raises ``WrongCell`` for the first thing that is wrong."""
    code = _code(cells["indicator"], expected)
    unit = expected.units[code]
    dimension = _dimension(cells.get("dimension", ""))
    group = _group(cells.get("group", ""), dimension)
    value = _required(cells, "value", unit)
    if reason := out_of_range(unit, value):
        raise WrongCell(reason, "value")
    comparison = _number(cells, "comparison_value", unit)
    if comparison is not None and (reason := out_of_range(unit, comparison)):
        raise WrongCell(reason, "comparison_value")
    margin = _number(cells, "margin", unit)
    if margin is not None and margin < 0:
        raise WrongCell(_("A margin of error is not less than 0."), "margin")
    return Figure(
        code=code,
        dimension=dimension,
        group=group,
        value=value,
        n=_answers(cells, expected.answered),
        margin=margin,
        comparison_area=_text(cells, "comparison_area"),
        comparison_value=comparison,
        suppressed=_yes_or_no(cells.get("suppressed", "")),
    )


def is_formula(cell: str) -> bool:
    """Say whether a spreadsheet would calculate the cell instead of showing it."""
    text = cell.lstrip(" \u00a0")
    return text.startswith(_FORMULA) and not _NUMBER.fullmatch(text.rstrip(" %\u00a0"))


def _code(cell: str, expected: Expectations) -> str:
    code = cell.strip().casefold()
    if not code:
        raise WrongCell(_("Say which question it is."), "indicator")
    if code not in expected.units:
        text = _("There is no survey question with the code '%(code)s'.")
        raise WrongCell(text % {"code": cell.strip()[:60]}, "indicator")
    return code


def _dimension(cell: str) -> str:
    plain = cell.strip().casefold()
    for name, words in _DIMENSIONS.items():
        if plain in words:
            return name
    text = _("Broken down by what? Leave it empty, or write gender, age or area.")
    raise WrongCell(text, "dimension")


def _group(cell: str, dimension: str) -> str:
    group = _clean(cell, "group").replace("–", "-")
    if dimension == "gender":
        group = _GROUPS.get(group.casefold(), group)
    if reason := misplaced_group(dimension, group):
        raise WrongCell(reason, "group")
    return group


def _text(cells: Mapping[str, str], name: str) -> str:
    return _clean(cells.get(name, ""), name)


def _clean(cell: str, name: str) -> str:
    text = unicodedata.normalize("NFC", " ".join(cell.split()))
    if any(unicodedata.category(each) in {"Cc", "Cf"} for each in text):
        raise WrongCell(_("There are invisible characters in the text."), name)
    if len(text) > _TEXT_LENGTHS[name]:
        reason = _("Use at most %(limit)s characters.")
        raise WrongCell(reason % {"limit": _TEXT_LENGTHS[name]}, name)
    return text


def _required(cells: Mapping[str, str], name: str, unit: str) -> Decimal:
    number = _number(cells, name, unit)
    if number is None:
        raise WrongCell(_("Write a number."), name)
    return number


def _number(cells: Mapping[str, str], name: str, unit: str = "") -> Decimal | None:
    """Read a figure with decimal comma or point; spaces may part the thousands."""
    text = cells.get(name, "").strip()
    if unit == Unit.PERCENT:
        text = text.removesuffix("%").strip()
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        reason = _("'%(text)s' is not a number. Write for example 62,5 or 62.5.")
        raise WrongCell(reason % {"text": text[:40]}, name)
    number = Decimal(re.sub(r"\s", "", text).replace("−", "-").replace(",", "."))
    if abs(number) > _LARGEST[name == "margin"]:
        raise WrongCell(_("The number is too large."), name)
    if number != round(number, 2):
        raise WrongCell(_("Use at most two decimals."), name)
    return number


def _answers(cells: Mapping[str, str], answered: int | None) -> int | None:
    number = _number(cells, "n")
    if number is None:
        return None
    if number < 0 or number != int(number):
        raise WrongCell(_("The number of answers is a whole number."), "n")
    if answered is not None and number > answered:
        raise WrongCell(_("More answers than the whole survey has."), "n")
    return int(number)


def _yes_or_no(cell: str) -> bool:
    plain = cell.strip().casefold()
    if plain not in _YES | _NO:
        raise WrongCell(_("Write yes or no."), "suppressed")
    return plain in _YES
