"""Which column is which: headings in Swedish or English, in any order."""

from __future__ import annotations

from dataclasses import dataclass

#: What a column may be called, by what it holds; compared in lower case.
HEADINGS: dict[str, frozenset[str]] = {
    "indicator": frozenset(
        {"indikator", "indikatorkod", "fråga", "frågekod", "kod",
         "indicator", "indicator code", "question", "code"}
    ),
    "dimension": frozenset(
        {"indelning", "uppdelning", "dimension", "breakdown", "broken down by"}
    ),
    "group": frozenset({"grupp", "group"}),
    "value": frozenset({"värde", "resultat", "andel", "value", "result"}),
    "n": frozenset({"antal svar", "svar", "antal", "n", "answers", "answered"}),
    "margin": frozenset({"felmarginal", "marginal", "margin", "margin of error"}),
    "comparison_area": frozenset(
        {"jämförelse", "jämförelseområde", "jämförs med", "comparison",
         "comparison area", "compared with"}
    ),
    "comparison_value": frozenset(
        {"jämförelsevärde", "värde där", "comparison value", "value there"}
    ),
    "suppressed": frozenset(
        {"dold", "publicera inte", "publiceras inte", "suppressed", "never publish"}
    ),
}  # fmt: skip
REQUIRED = ("indicator", "value", "n")
#: The heading to add where a column is missing.
NAMES = {"indicator": "Indikator", "value": "Värde", "n": "Antal svar"}


@dataclass(frozen=True)
class Columns:
    """Where each column stands; ``headings`` are as in the file."""

    places: dict[str, int]
    headings: list[str]
    unknown: list[str]
    repeated: list[str]

    @property
    def missing(self) -> list[str]:
        """What the file does not have and must have."""
        return [NAMES[name] for name in REQUIRED if name not in self.places]

    def heading(self, name: str) -> str:
        return self.headings[self.places[name]]


def find_columns(headings: list[str]) -> Columns:
    """Recognise the headings of a file."""
    places: dict[str, int] = {}
    unknown, repeated = [], []
    for place, heading in enumerate(headings):
        name = _known(heading)
        if name is None:
            unknown += [heading] if heading.strip() else []
        elif name in places:
            repeated.append(heading)
        else:
            places[name] = place
    return Columns(places, [each.strip() for each in headings], unknown, repeated)


def _known(heading: str) -> str | None:
    plain = " ".join(heading.replace("_", " ").casefold().split())
    return next((name for name, known in HEADINGS.items() if plain in known), None)
