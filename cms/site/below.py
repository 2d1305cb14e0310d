"""Pages that are made when they are read, each below a page of the log.

The kind of the page above says which there are: an end of its address, and what makes
the reading. They lie there in every language; a page of that address is served before.
"""

from __future__ import annotations

from django.utils.module_loading import import_string

from cms.kinds import registry
from cms.reading.library import Library
from cms.reading.pages import Answer, Gone, Reading, Redirect, read_path


def read_below(address: str, library: Library) -> Answer:
    """Return what lies at an address below a page: gone or moved if the page is."""
    place, _slash, name = address.rstrip("/").rpartition("/")
    if not any(name in kind.below for kind in registry.pages()):
        return None
    above = read_path(f"{place}/", library)
    if isinstance(above, Redirect):
        return Redirect(f"{above.path}{name}/")
    if isinstance(above, Gone):
        return above if name in registry.page(above.row.type).below else None
    if above is None or name not in above.kind.below:
        return None
    made: Reading = import_string(above.kind.below[name])(library, above)
    return made
