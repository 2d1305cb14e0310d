"""A translation beside its Swedish, passage by passage, now and in earlier versions.

The translator's submission and the reviewer's screen ask the same questions here, of the
documents that go live: what each reads is what the other was asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any

from cms.engine import localize
from cms.engine.models import Submission
from cms.gate import passages, record, rules
from cms.gate.differences import Change, word_changes
from cms.gate.passages import Passage
from cms.kinds.kinds import Kind
from cms.log.models import Publication


@dataclass(frozen=True)
class Wording:
    """What one passage says in Swedish and in the language; empty when it is not there."""

    source: str = ""
    target: str = ""


@dataclass(frozen=True)
class Version:
    """The document of a translation, and that of the Swedish it was made from."""

    source: dict[str, Any]
    target: dict[str, Any]


@dataclass(frozen=True)
class Difference:
    """How a passage has changed since an earlier version, in both languages."""

    before: Wording
    now: Wording

    @property
    def source_changes(self) -> list[Change]:
        """The Swedish words, if they are others."""
        return self._changes(self.before.source, self.now.source)

    @property
    def target_changes(self) -> list[Change]:
        return self._changes(self.before.target, self.now.target)

    @staticmethod
    def _changes(before: str, now: str) -> list[Change]:
        return word_changes(before, now) if before != now else []

    @property
    def is_changed(self) -> bool:
        return self.before != self.now


@dataclass(frozen=True)
class Pair:
    """One passage in Swedish and in the language, with what it was before.

    ``public`` is about what readers have now, ``sent_back`` about what a reviewer did not
    approve; each is nothing when there is no such version. The translation ``is_kept``
    when it says what it said although its Swedish has changed.
    """

    number: int
    path: str
    label: str
    level: int
    now: Wording
    public: Difference | None
    sent_back: Difference | None
    is_kept: bool = False

    @property
    def source(self) -> str:
        return self.now.source

    @property
    def target(self) -> str:
        return self.now.target

    @property
    def is_changed(self) -> bool:
        """The translation is not what readers have now."""
        before = self.public.before.target if self.public else ""
        return before != self.target

    @property
    def is_heading(self) -> bool:
        return self.level > 0


@dataclass(frozen=True)
class Pairs:
    """Every text of a translation, in the order of the page."""

    kind: type[Kind]
    now: Version
    public: Version | None = None
    sent_back: Version | None = None

    @cached_property
    def all(self) -> list[Pair]:
        versions = [each for each in (self.now, self.public, self.sent_back) if each]
        documents = [d for each in versions for d in (each.source, each.target)]
        names = passages.names_in(self.kind, *documents)
        found = {id(d): self._passages(d, names) for d in documents}
        either = {path: p for each in found.values() for path, p in each.items()}

        def worded(version: Version) -> dict[str, Wording]:
            swedish, ours = found[id(version.source)], found[id(version.target)]
            return {
                path: _wording(swedish.get(path), ours.get(path)) for path in either
            }

        now = worded(self.now)
        public = worded(self.public) if self.public else None
        sent_back = worded(self.sent_back) if self.sent_back else None
        earlier = [each for each in (public, sent_back) if each]
        kept = {path for each in earlier for path in _kept(now, each)}
        lists = [list(each) for each in found.values()]
        order = reduce(passages.merged, reversed(lists))
        return [
            Pair(
                number=number,
                path=path,
                label=either[path].label,
                level=either[path].level,
                now=now[path],
                public=Difference(public[path], now[path]) if public else None,
                sent_back=Difference(sent_back[path], now[path]) if sent_back else None,
                is_kept=path in kept,
            )
            for number, path in enumerate(order, start=1)
        ]

    def _passages(
        self, document: dict[str, Any], names: Mapping[str, str]
    ) -> dict[str, Passage]:
        found = passages.passages(self.kind, document, names)
        return {passage.path: passage for passage in found if passage.is_text}

    @property
    def changed(self) -> list[Pair]:
        """The texts that are not what readers have now."""
        return [pair for pair in self.all if pair.is_changed]

    @property
    def kept(self) -> list[Pair]:
        return [pair for pair in self.all if pair.is_kept]

    @property
    def order_changed(self) -> bool:
        """Say whether texts that readers have stand in another order."""
        if self.public is None:
            return False
        named = [self._passages(d, {}) for d in (self.public.target, self.now.target)]
        return passages.order_changed(*(each.values() for each in named))

    @property
    def changed_since_sent_back(self) -> list[Pair]:
        return [p for p in self.all if p.sent_back and p.sent_back.is_changed]


def pairs_of(obj: Any, document: dict[str, Any], source_id: int) -> Pairs:
    """Return the texts of a ``document`` that ``obj``, a translation, is to become.

    ``source_id`` is the Swedish publication that it was made from.
    """
    head = record.head_of(obj)
    public = head.publication if head and head.is_public else None
    return Pairs(
        kind=obj.kind,
        now=Version(_document(source_id), document),
        public=Version(_document(public.source_publication_id), public.document)
        if public
        else None,
        sent_back=_sent_back(obj),
    )


def _document(publication_id: int | None) -> dict[str, Any]:
    if publication_id is None:
        return {}
    found = Publication.objects.filter(pk=publication_id)
    return found.values_list("document", flat=True).first() or {}


def _sent_back(obj: Any) -> Version | None:
    """Return what a reviewer sent back, if that was the last decision about ``obj``."""
    decision = rules.sent_back(obj)
    if decision is None or decision.revision is None:
        return None
    facts = Submission.objects.filter(revision_number=decision.revision_number).first()
    if facts is None:
        return None
    document = decision.revision.as_object().rendering().document
    return Version(_document(facts.source_publication_id), document)


def _wording(source: Passage | None, target: Passage | None) -> Wording:
    return Wording(source.text if source else "", target.text if target else "")


def _kept(now: Mapping[str, Wording], before: Mapping[str, Wording]) -> Iterable[str]:
    """Yield where Swedish is new and the translation says what it said.

    It is compared paragraph by paragraph, wherever they stood: whoever mends one of two
    has not mended the other, and whoever pastes the old words elsewhere keeps them too.
    An address stays unless somebody wants another one.
    """
    swedish = {line for each in before.values() for line in _lines(each.source)}
    ours = {line for each in before.values() for line in _lines(each.target)}
    if not any(swedish):
        return
    for path, wording in now.items():
        source, target = _lines(wording.source), _lines(wording.target)
        if len(source) != len(target):
            source, target = [wording.source], [wording.target]
        told = zip(source, target, strict=True)
        is_kept = any(new not in swedish and old in ours for new, old in told if old)
        if is_kept and path != localize.SLUG:
            yield path


def _lines(text: str) -> list[str]:
    """Return the whole text, and each of its lines when there are several."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [text, *lines] if len(lines) > 1 else [text]
