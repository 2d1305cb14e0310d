"""A log as long as that of a town that has published for years, in a second or two.

Rows go straight into the tables. Their hashes are no chain, and nothing of them is at the
desk: to the planner they are what years of work leave behind.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

#: As many articles, in each language of the example site.
ARTICLES = 6000
FILLER = "filler"

# The texts of one article for all, without the body: it is long, and nobody looks at it.
_PUBLICATIONS = """
INSERT INTO log_publication (key, locale, kind, type, action, path, parent_key, title,
    document, significance, origin, review, reviewed_on, source_publication_id,
    content_updated_at, published_at, actor, content_hash, previous_hash, row_hash)
SELECT md5('filler' || n)::uuid, code, 'page', model.type, 'publish',
    CASE code WHEN 'sv' THEN '' ELSE '/' || code END || '/nyheter/utfyllnad-' || n || '/',
    model.parent_key, 'Utfyllnad ' || n,
    (model.document - 'body') || jsonb_build_object('title', 'Utfyllnad ' || n),
    'first',
    CASE code WHEN 'sv' THEN 'source' WHEN 'so' THEN 'machine' ELSE 'human' END,
    CASE code WHEN 'so' THEN 'none' ELSE 'approved' END,
    model.reviewed_on, CASE code WHEN 'sv' THEN NULL ELSE model.id END,
    moment, moment, %(filler)s, md5(code || n), 'p' || md5(code || n), 'r' || md5(code || n)
FROM generate_series(1, %(articles)s) AS n
CROSS JOIN unnest(ARRAY['sv', 'fi', 'ar', 'so']) AS code
CROSS JOIN LATERAL (SELECT timestamptz '2012-01-01 12:00Z' + n * interval '1 hour' AS moment)
    AS time
CROSS JOIN (SELECT * FROM log_publication WHERE key = %(key)s AND locale = 'sv'
    ORDER BY id DESC LIMIT 1) AS model
"""
_HEADS = """
INSERT INTO log_head (publication_id, key, locale, kind, type, path, parent_key, title,
    is_public, in_menu, is_sensitive, sort_key, list_date, origin, review, made_from,
    content_id, critical_id, text_id)
SELECT id, key, locale, kind, type, path, parent_key, title, true, false, false, '',
    content_updated_at, origin, review, source_publication_id, id, NULL, id
FROM log_publication WHERE actor = %(filler)s
"""
# Each names the contact block; one article in a hundred belongs to the focus area.
_REFERENCES = """
INSERT INTO log_headreference (head_id, relation, key)
SELECT head.id, named.relation, named.key
FROM log_head AS head
JOIN log_publication AS entry ON entry.id = head.publication_id AND entry.actor = %(filler)s
JOIN log_headreference AS named ON named.relation IN ('contact', 'focus_areas')
JOIN log_head AS model ON model.id = named.head_id
    AND model.key = %(key)s AND model.locale = 'sv'
WHERE named.relation = 'contact' OR right(head.title, 2) = '00'
"""
_ENTRIES = """
INSERT INTO cms_search_entry (key, locale, type, listed, configuration, title, lead,
    headings, body)
SELECT head.key, head.locale, head.type, head.list_date,
    CASE head.locale WHEN 'sv' THEN 'swedish' WHEN 'fi' THEN 'finnish'
        WHEN 'ar' THEN 'arabic' ELSE 'simple' END,
    head.title, 'kommunen byter lampor', '',
    CASE WHEN head.title LIKE '%%0' THEN 'stationen ' ELSE 'skolan ' END || md5(head.title)
FROM log_head AS head
JOIN log_publication AS entry ON entry.id = head.publication_id AND entry.actor = %(filler)s
"""
# What all texts say, and as many words besides, as different as words are.
_WORDS = """
INSERT INTO cms_search_word (locale, word, folded)
SELECT locale, word, word FROM (
    SELECT DISTINCT locale, translate(left(md5(title), 8), '0123456789', 'ghijklmnop')
        AS word
    FROM cms_search_entry
    UNION SELECT DISTINCT locale, word FROM cms_search_entry
    CROSS JOIN unnest(ARRAY['kommunen', 'byter', 'lampor', 'skolan', 'stationen']) AS word
) AS words ON CONFLICT DO NOTHING
"""
_STATEMENTS = {
    "log_publication": _PUBLICATIONS,
    "log_head": _HEADS,
    "log_headreference": _REFERENCES,
    "cms_search_entry": _ENTRIES,
    "cms_search_word": _WORDS,
}


def fill(key: str) -> None:
    """Write the rows, in the image of the article with a key, and let the planner know."""
    parameters: dict[str, Any] = {"articles": ARTICLES, "filler": FILLER, "key": key}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        for table, statement in _STATEMENTS.items():
            cursor.execute(statement, parameters)
            cursor.execute(f"ANALYZE {table}")
