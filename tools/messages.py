#!/usr/bin/env python3
"""Interface words: compile, check and extend the catalogues under `locale/`.

    python tools/messages.py compile   .po to .mo, what has changed
    python tools/messages.py check     fails when a word lacks its translation
    python tools/messages.py update    adds the words that the code uses

Words of the public site and the API must exist in every language of `PUBLIC_TAGS`;
words of the editors' desk in Swedish. Needs no GNU gettext and no database.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import polib
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cms.settings.parts.languages import LanguageRow, read_languages  # noqa: E402
from installed import APPS, PACKAGES  # noqa: E402

# What readers see of the product, and the parts of an app whose words they see.
PUBLIC_SOURCES = (
    "cms/site/", "cms/api/", "cms/reading/notices.py",
    "cms/feedback/forms.py", "cms/feedback/subjects.py",
    *(f"{app}/{part}/" for app in APPS
      for part in ("reading", "site", "api", "templates", "templatetags")),
    *(f"{app}/choices.py" for app in APPS),
)  # fmt: skip
# Whatever has this in its name is for staff alone: `admin/form.html`, `wagtail_hooks.py`.
_FOR_STAFF = re.compile(r"(^|[/_])(admin|wagtail_hooks)([/_.])")
PUBLIC_TAGS = ("sv", "en", "fi", "ar", "so")
DESK_TAGS = ("sv",)
# In these a catalogue file is kept even while it is empty.
KEPT_STARTS = ("visible", "configured")

_KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%[sd]|\{\w*\}")
_NPLURALS = re.compile(r"nplurals=(\d+)")

Key = tuple[str | None, str]


@dataclass
class Message:
    """A word as the code uses it, and where."""

    context: str | None
    singular: str
    plural: str | None
    sources: set[str] = field(default_factory=set)

    @property
    def key(self) -> Key:
        return self.context, self.singular

    @property
    def is_public(self) -> bool:
        return any(map(_is_public, self.sources))

    @property
    def tags(self) -> tuple[str, ...]:
        return PUBLIC_TAGS if self.is_public else DESK_TAGS


def _is_public(source: str) -> bool:
    return source.startswith(PUBLIC_SOURCES) and not _FOR_STAFF.search(source)


class Catalogue:
    """The file of one language."""

    def __init__(self, row: LanguageRow, root: Path) -> None:
        code = row["tag"].lower()
        folder = root / "locale" / to_locale(code) / "LC_MESSAGES"
        self.tag = row["tag"]
        self.path = folder / "django.po"
        self.compiled = folder / "django.mo"
        self._header = {
            "Project-Id-Version": "Kommun CMS",
            "Language": to_locale(code),
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Plural-Forms": row["plural_forms"],
        }

    @property
    def plural_count(self) -> int:
        return _plural_count(self._header["Plural-Forms"])

    def read(self) -> polib.POFile:
        """The file, or an empty catalogue with the right header."""
        if self.path.exists():
            return polib.pofile(str(self.path), encoding="utf-8", wrapwidth=78)
        empty = polib.POFile(wrapwidth=78, encoding="utf-8")
        empty.metadata = dict(self._header)
        return empty

    def compile(self) -> bool:
        """Write the .mo unless it is newer than its source. Whether it was written.

        A language without a file gets an empty .mo: Django takes a language for
        known only when there is one.
        """
        source = self.path.stat().st_mtime if self.path.exists() else 0.0
        if self.compiled.exists() and self.compiled.stat().st_mtime > source:
            return False
        self.compiled.parent.mkdir(parents=True, exist_ok=True)
        self.read().save_as_mofile(str(self.compiled))
        return True


def _plural_count(rule: str) -> int:
    found = _NPLURALS.search(rule)
    return int(found[1]) if found else 0


def catalogues(root: Path) -> list[Catalogue]:
    """One for every language that pages can be written in."""
    rows = read_languages(root / "cms" / "settings" / "languages.json")
    return [Catalogue(row, root) for row in rows if row["start"] != "media"]


def used_messages(root: Path) -> dict[Key, Message]:
    """Every word that our Python and our templates mark for translation."""
    messages: dict[Key, Message] = {}
    for path in _sources(root):
        source = path.relative_to(root).as_posix()
        for context, singular, plural in _words_in(path):
            message = messages.setdefault(
                (context, singular), Message(context, singular, plural)
            )
            message.plural = message.plural or plural
            message.sources.add(source)
    return messages


def _sources(root: Path) -> Iterator[Path]:
    for package in PACKAGES:
        for pattern in ("*.py", "*.html", "*.txt"):
            for path in sorted((root / package).rglob(pattern)):
                is_template = "templates" in path.parts
                if path.suffix == ".py" or is_template:
                    yield path


def _words_in(path: Path) -> Iterator[tuple[str | None, str, str | None]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        code = templatize(text, origin=str(path))
        # What is left of the markup is indented as it likes; Python would mind.
        text = "\n".join(line.strip() for line in code.splitlines())
    # Babel's annotation of what comes out is not what comes out.
    found: Iterable[Any] = extract_python(
        BytesIO(text.encode()), _KEYWORDS, (), {"encoding": "utf-8"}
    )
    for _line, function, words, _comments in found:
        message = _message(function, words)
        if message:
            yield message


def _message(
    function: str, words: str | None | tuple[str | None, ...]
) -> tuple[str | None, str, str | None] | None:
    """(context, singular, plural) of one call; None when it is not a plain string."""
    arguments = words if isinstance(words, tuple) else (words,)
    base = function.removesuffix("_lazy").removesuffix("_noop")
    has_context = base in {"pgettext", "npgettext"}
    is_plural = base in {"ngettext", "npgettext"}
    wanted = list(arguments[: 1 + has_context + is_plural])
    if not all(wanted):
        return None
    context = wanted.pop(0) if has_context else None
    return context, str(wanted[0]), wanted[1] if is_plural else None


def faults(root: Path) -> Iterator[str]:
    """Each missing or broken translation, as a sentence."""
    messages = used_messages(root)
    for catalogue in catalogues(root):
        file = catalogue.read()
        name = catalogue.path.relative_to(root)
        rule = file.metadata.get("Plural-Forms", "")
        if _plural_count(rule) != catalogue.plural_count:
            yield f"{name}: Plural-Forms differs from languages.json"
        entries = {
            (entry.msgctxt, entry.msgid): entry
            for entry in file
            if not entry.obsolete and not entry.fuzzy
        }
        for message in messages.values():
            entry = entries.get(message.key)
            if catalogue.tag not in message.tags:
                continue
            if entry is None or not _is_translated(entry, message, catalogue):
                where = ", ".join(sorted(message.sources))
                yield f"{name}: no translation of “{message.singular}” ({where})"
        for entry in entries.values():
            yield from (f"{name}: {fault}" for fault in _placeholder_faults(entry))


def _is_translated(
    entry: polib.POEntry, message: Message, catalogue: Catalogue
) -> bool:
    if message.plural is None:
        return bool(entry.msgstr)
    forms = entry.msgstr_plural
    return len(forms) == catalogue.plural_count and all(forms.values())


def _placeholder_faults(entry: polib.POEntry) -> Iterator[str]:
    wanted = set(_PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
    texts = list(entry.msgstr_plural.values()) or [entry.msgstr]
    for text in filter(None, texts):
        found = set(_PLACEHOLDER.findall(text))
        # A form for one or two may say the number in words.
        is_short = bool(entry.msgid_plural) and text != texts[-1]
        if found - wanted or (wanted - found and not is_short):
            yield f"other placeholders in “{text}” than in “{entry.msgid}”"


def add_missing(root: Path) -> int:
    """Add the words that the code uses to the catalogues that must have them."""
    added = 0
    rows = {row["tag"]: row for row in read_languages()}
    messages = used_messages(root)
    for catalogue in catalogues(root):
        file = catalogue.read()
        known = {(entry.msgctxt, entry.msgid) for entry in file}
        new = [
            _entry(message, catalogue)
            for key, message in sorted(messages.items(), key=str)
            if key not in known and catalogue.tag in message.tags
        ]
        file.extend(new)
        added += len(new)
        is_kept = rows[catalogue.tag]["start"] in KEPT_STARTS
        if new or (is_kept and not catalogue.path.exists()):
            catalogue.path.parent.mkdir(parents=True, exist_ok=True)
            file.save(str(catalogue.path))
    return added


def _entry(message: Message, catalogue: Catalogue) -> polib.POEntry:
    """A new entry; English ones say what the code says until somebody betters it."""
    is_english = catalogue.tag == "en"
    entry = polib.POEntry(
        msgctxt=message.context,
        msgid=message.singular,
        msgid_plural=message.plural or "",
        occurrences=[(source, "") for source in sorted(message.sources)],
    )
    if message.plural:
        texts = [message.singular, message.plural] if is_english else []
        entry.msgstr_plural = {
            number: texts[number] if texts else ""
            for number in range(catalogue.plural_count)
        }
    elif is_english:
        entry.msgstr = message.singular
    return entry


def main() -> int:
    """Run one command; the exit status is 0 only when all is well."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=("compile", "check", "update"))
    command = parser.parse_args().command
    if command == "compile":
        written = [item.tag for item in catalogues(ROOT) if item.compile()]
        if written:
            print(f"Compiled {len(written)} catalogues.")
        return 0
    if command == "update":
        print(f"Added {add_missing(ROOT)} words.")
        return 0
    found = list(faults(ROOT))
    print("\n".join(found) or "Every word has its translations.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
