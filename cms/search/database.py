"""What search needs of PostgreSQL beyond Django's models, made by a migration.

Vectors are generated columns, so they cannot disagree with the texts. Similar words are
found by a function of ours in the database, which compares by trigrams where the extension
``pg_trgm`` is to be had and looks for parts of words where it is not.
"""

from __future__ import annotations

from django.db import DatabaseError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from cms.log import entries
from cms.search.words import CONFIGURATIONS, configuration

#: From which similarity on a word counts (C-9).
THRESHOLD = 0.5

# The configuration's name is a constant in each branch: only so may the database
# generate a column with it.
_CONFIGURATION = (
    "(CASE configuration "
    + " ".join(f"WHEN '{c}' THEN 'pg_catalog.{c}'::regconfig" for c in CONFIGURATIONS)
    + " ELSE 'pg_catalog.simple'::regconfig END)"
)
_PARTS = (("title", "A"), ("lead", "B"), ("headings", "C"), ("body", "D"))


def _vector(*parts: tuple[str, str]) -> str:
    return " || ".join(
        f"setweight(to_tsvector({_CONFIGURATION}, {name}), '{weight}')"
        for name, weight in parts
    )


ADD_VECTORS = f"""
ALTER TABLE cms_search_entry
  ADD COLUMN title_vector tsvector
    GENERATED ALWAYS AS ({_vector(_PARTS[0])}) STORED,
  ADD COLUMN vector tsvector
    GENERATED ALWAYS AS ({_vector(*_PARTS)}) STORED;
CREATE INDEX search_title_vector ON cms_search_entry
  USING gin (title_vector) WITH (fastupdate = off);
CREATE INDEX search_vector ON cms_search_entry
  USING gin (vector) WITH (fastupdate = off);
"""
DROP_VECTORS = """
ALTER TABLE cms_search_entry DROP COLUMN title_vector, DROP COLUMN vector;
"""

# ``asked`` is a word as typed, ``bare`` without its marks. Who types marks means them;
# who has no key for them finds the word all the same.
_FUNCTION = """
CREATE OR REPLACE FUNCTION
  cms_search_similar(code text, asked text, bare text, most integer)
RETURNS TABLE (word text, likeness real) LANGUAGE sql STABLE {options} AS $function$
  SELECT found.word, found.likeness
  FROM (
    SELECT w.word, w.folded, {likeness} AS likeness
    FROM cms_search_word w
    WHERE w.locale = code AND {condition}
    {order}
  ) AS found
  ORDER BY found.likeness DESC, length(found.folded), found.word
  LIMIT most
$function$;
"""
# The index gives the words that are most alike first, however many there are. It gives
# some more than are asked for: of equals, the shortest are taken.
BY_TRIGRAMS = (
    _FUNCTION.format(
        options=f"SET pg_trgm.word_similarity_threshold = {THRESHOLD}",
        likeness="word_similarity(bare, w.folded)",
        condition="w.folded %> bare"
        f" AND (asked = bare OR word_similarity(asked, w.word) >= {THRESHOLD})",
        order="ORDER BY w.folded <->> bare LIMIT 3 * most",
    )
    + """
CREATE INDEX IF NOT EXISTS search_word_likeness ON cms_search_word
  USING gist (folded gist_trgm_ops (siglen = 64));
"""
)
BY_PARTS = _FUNCTION.format(
    options="",
    likeness="(length(bare)::real / length(w.folded))::real",
    condition="strpos(w.folded, bare) > 0 AND (asked = bare OR strpos(w.word, asked) > 0)",
    order="",
)
DROP_FUNCTION = """
DROP INDEX IF EXISTS search_word_likeness;
DROP FUNCTION IF EXISTS cms_search_similar(text, text, text, integer);
"""

# A word goes when no page in the language has it, in any of its forms. Each is looked up:
# the planner cannot know that a word is rare, and would read every text for it.
FORGETTING = """
CREATE OR REPLACE FUNCTION
  cms_search_forget(code text, gone text[], grammar text)
RETURNS void LANGUAGE sql SET enable_seqscan = off AS $function$
  DELETE FROM cms_search_word w
  WHERE w.locale = code AND w.word = ANY(gone) AND NOT EXISTS (
    SELECT 1 FROM cms_search_entry e
    WHERE e.locale = w.locale
      AND e.vector @@ plainto_tsquery(grammar::regconfig, w.word)
    OFFSET 0
  )
$function$;
"""
DROP_FORGETTING = """
DROP FUNCTION IF EXISTS cms_search_forget(text, text[], text);
"""


def keeps_words(connection: BaseDatabaseWrapper) -> bool:
    """Say whether similar words are looked up in the database."""
    return connection.vendor == "postgresql"


def hold_publishing(connection: BaseDatabaseWrapper) -> None:
    """Let nothing be appended to the log until this transaction ends.

    SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [entries.LOCK])


def forget_words(
    connection: BaseDatabaseWrapper, locale: str, words: list[str]
) -> None:
    """Delete those of the words that no page in the language uses any more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT cms_search_forget(%s, %s, %s)",
            [locale, words, configuration(locale)],
        )


def count_anew(connection: BaseDatabaseWrapper) -> None:
    """Let the planner know which words are frequent, before somebody asks for one."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE cms_search_entry, cms_search_word")


def prepare_similarity(connection: BaseDatabaseWrapper) -> bool:
    """Make the function that finds similar words; say whether it knows trigrams.

    The extension is trusted: whoever owns the database may create it. Where that is
    refused, search still finds whole words, their forms and parts of words.
    """
    if connection.vendor != "postgresql":
        return False
    with_trigrams = _create_extension(connection)
    with connection.cursor() as cursor:
        cursor.execute(BY_TRIGRAMS if with_trigrams else BY_PARTS)
    return with_trigrams


def knows_trigrams(connection: BaseDatabaseWrapper) -> bool:
    """Say whether similar words are compared by trigrams, also beyond ASCII."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_proc p"
            " WHERE p.proname = 'cms_search_similar'"
            " AND strpos(p.prosrc, 'word_similarity') > 0"
        )
        if not cursor.fetchone()[0]:
            return False
        # With the character type C the extension sees no letter but a to z.
        cursor.execute("SELECT cardinality(show_trgm('ö')) > 0")
        return bool(cursor.fetchone()[0])


def _create_extension(connection: BaseDatabaseWrapper) -> bool:
    try:
        with (
            transaction.atomic(using=connection.alias),
            connection.cursor() as cursor,
        ):
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            # The function's setting belongs to the extension: it must be loaded.
            cursor.execute("SELECT show_trgm('kommun')")
    except DatabaseError:
        return False
    return True
