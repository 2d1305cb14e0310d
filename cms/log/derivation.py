"""Heads as they follow from the log, worked out by the database in one statement.

The same rules as `heads.advance`, for all pages at once: to check the stored heads,
and to see what readers saw at another time. Tests hold the two together.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection

from cms.kinds.kinds import SAFETY_CRITICAL
from cms.log import heads

#: A time in a document, with its zone or in Swedish time, as the database keeps times.
_MOMENT = {
    "postgresql": (
        "(NULLIF(placed.document ->> 'list_date', '') || CASE"
        " WHEN placed.document ->> 'list_date' ~ 'T.*(Z|[+-][0-9:]+)$' THEN ''"
        f" ELSE ' {settings.TIME_ZONE}' END)::timestamptz"
    ),
    "sqlite": "log_moment(json_extract(placed.document, '$.list_date'))",
}
_MENU = {
    "postgresql": "COALESCE(placed.document ->> 'show_in_menus' = 'true', false)",
    "sqlite": "COALESCE(json_extract(placed.document, '$.show_in_menus') = 1, 0)",
}
_SENSITIVE = {
    "postgresql": "COALESCE(placed.document ->> 'sensitivity' = '{value}', false)",
    "sqlite": "COALESCE(json_extract(placed.document, '$.sensitivity') = '{value}', 0)",
}
_SORT_KEY = {
    "postgresql": "COALESCE(placed.document ->> 'sort_key', '')",
    "sqlite": "COALESCE(json_extract(placed.document, '$.sort_key'), '')",
}
# The place in menus and lists is that of the last row which showed the page.
_HEADS = """
    SELECT first_id AS id, last.id AS publication_id, last.key, last.locale,
        last.kind, last.type, last.path, last.parent_key, last.title,
        last.action <> 'withdraw' AS is_public,
        {menu} AS in_menu, {sensitive} AS is_sensitive, {sort_key} AS sort_key,
        COALESCE({moment}, placed.content_updated_at) AS list_date,
        last.origin, last.review, last.source_publication_id AS made_from,
        COALESCE(content_id, first_id) AS content_id, critical_id,
        COALESCE(text_id, first_id) AS text_id
    FROM (
        SELECT MIN(id) AS first_id, MAX(id) AS last_id,
            MAX(CASE WHEN action <> 'withdraw' THEN id END) AS placed_id,
            MAX(CASE WHEN action = 'publish' THEN id END) AS text_id,
            MAX(CASE WHEN action = 'publish' AND significance
                IN ('first', 'content', 'critical') THEN id END) AS content_id,
            MAX(CASE WHEN action = 'publish' AND significance
                = 'critical' THEN id END) AS critical_id
        FROM log_publication WHERE {rows} GROUP BY key, locale
    ) AS numbers
    JOIN log_publication AS last ON last.id = last_id
    JOIN log_publication AS placed
        ON placed.id = COALESCE(placed_id, first_id)
"""


def heads_sql(rows: str) -> str:
    """Return the statement that derives heads from the rows which meet a condition.

    Its columns are those of `Head`; a head has the number of its first publication.
    """
    vendor = connection.vendor
    if vendor == "sqlite":
        connection.ensure_connection()
        driver: Any = connection.connection
        driver.create_function("log_moment", 1, _sqlite_moment)
    return _HEADS.format(
        rows=rows,
        menu=_MENU[vendor],
        sensitive=_SENSITIVE[vendor].format(value=SAFETY_CRITICAL),
        sort_key=_SORT_KEY[vendor],
        moment=_MOMENT[vendor],
    )


def _sqlite_moment(text: str | None) -> str | None:
    moment = heads.moment(text)
    return str(connection.ops.adapt_datetimefield_value(moment)) if moment else None
