"""The configuration with which nginx answers from the files as the site does.

Two files: ``http.conf`` for the ``http`` block (tables) and ``server.conf`` for a
``server`` block. They name the folder they lie in, not the link to it, so files and
tables change together: when nginx reads its configuration anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from string import Template
from urllib.parse import unquote

from cms.api.problems import problem
from cms.delivery import files
from cms.mirror.asking import Response, Site, answer_of
from cms.mirror.state import Held, State
from cms.reading.languages import prefix_of, source_code, tag_of
from cms.reading.pages import Library
from cms.site.views import unavailable

API = "/api/"
HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"
#: An address that no site has, to be told that there is nothing.
NOWHERE = "/den-har-sidan-finns-inte/"

_CONF = Path(__file__).parent / "conf"
#: What a browser is told of a file of the layout; anything else is a download.
_TYPES = {
    "text/css": "css",
    "text/javascript": "js mjs",
    "application/json": "json map",
    "image/svg+xml": "svg",
    "image/png": "png",
    "image/jpeg": "jpg jpeg",
    "image/webp": "webp",
    "image/x-icon": "ico",
    "font/woff2": "woff2",
}


def write(new: Path, folder: Path, state: State, site: Site) -> None:
    """Write tables, locations and apologies of a mirror that will lie in ``folder``."""
    pages = {u: h for u, h in state.answers.items() if not u.startswith(API)}
    asked = _asked(state.answers)
    languages = Library().visible
    prefixes = [prefix_of(each.code) for each in languages if not each.is_source]
    by_path = _by_path(pages)
    page_headers = _HeaderTables("page", "$mirror_path", by_path, prefixes)
    api_headers = _HeaderTables("api", "$request_uri", asked, [])
    common = {
        "types": " ".join(f"{name} {ends};" for name, ends in _TYPES.items()),
        "root": str(folder),
        "files": "\n".join(_files()),
        "page_headers": page_headers.directives(),
        "api_headers": api_headers.directives(),
        "apology_headers": _fixed(_apologies(new, site, prefixes)),
        "preflight": _fixed(site.options(f"{API}v1/languages")),
    }
    tables = [
        _table("mirror_moved", "$mirror_path", _moved(pages)),
        _table("mirror_gone", "$mirror_path", _gone(pages)),
        _table(
            "mirror_asked", "$request_uri", {u: h.file[6:] for u, h in asked.items()}
        ),
        _table("mirror_tag", "$uri", _tags(prefixes), tag_of(source_code())),
        *page_headers.tables,
        *api_headers.tables,
    ]
    locations = "\n".join(_locations(by_path, asked, common))
    http = _filled("http.conf", tables="\n".join(tables))
    server = _filled("server.conf", **common, locations=locations)
    (new / "http.conf").write_text(http, encoding="utf-8")
    (new / "server.conf").write_text(server, encoding="utf-8")


def _asked(answers: Mapping[str, Held]) -> dict[str, Held]:
    """Return the answers of the API by every spelling of their question."""
    return {
        spelling: held
        for url, held in answers.items()
        if url.startswith(API) and held.status == 200
        for spelling in (url, *held.asked_as)
    }


def _locations(
    pages: Mapping[str, Held], asked: Mapping[str, Held], common: dict[str, str]
) -> Iterator[str]:
    """Yield where pages and answers are: in general, and where the type is another."""
    page = {**common, "files": "$uri$mirror_leaf"}
    yield _filled("page.conf", **page, match="/", type=HTML)
    yield _filled("api.conf", **common, match=API, type=JSON)
    for path, held in pages.items():
        if held.status == 200 and held.content_type != HTML:
            one = {**common, "files": "$uri", "type": held.content_type}
            yield _filled("page.conf", **one, match=f"= {path}")
    for path, content_type in _api_types(asked).items():
        yield _filled("api.conf", **common, match=f"= {path}", type=content_type)


def _files() -> Iterator[str]:
    """Yield how the files that pages name are answered: as the site does."""
    for ending in sorted(files.TYPES):
        headers = files.headers_of(f"a.{ending}")
        content_type = headers.pop("Content-Type")
        match = rf'~ "^/media/files/[0-9a-f]{{64}}/[A-Za-z0-9._-]+\.{ending}$"'
        yield _filled(
            "file.conf", match=match, type=content_type,
            headers=_fixed_headers({"Cache-Control": files.IMMUTABLE, **headers}),
        )  # fmt: skip


def _fixed_headers(headers: Mapping[str, str]) -> str:
    return "\n".join(f"    add_header {n} {_text(v)};" for n, v in headers.items())


def _filled(name: str, **values: str) -> str:
    # nginx has dollar signs of its own: ours are written @name@.
    text = (_CONF / name).read_text(encoding="utf-8")
    return _At(text).safe_substitute(values)


class _At(Template):
    """A text whose places for values are ``@{name}``."""

    delimiter = "@"


def _by_path(pages: Mapping[str, Held]) -> dict[str, Held]:
    """Return the pages by decoded path; the parts of a list answer as its beginning."""
    return {unquote(url): held for url, held in pages.items() if "?" not in url}


def _gone(pages: Mapping[str, Held]) -> dict[str, str]:
    """Return the addresses of withdrawn pages, with and without the last slash."""
    gone = [path for path, held in _by_path(pages).items() if held.status == 410]
    return {each: "1" for path in gone for each in (path, path.rstrip("/"))}


def _moved(pages: Mapping[str, Held]) -> dict[str, str]:
    """Return where addresses lead, also those whose last slash was left out."""
    slashless = {
        unquote(url.rstrip("/")): held.location or url
        for url, held in pages.items()
        if url.endswith("/") and url != "/" and held.status != 410
    }
    led = {unquote(url): held.location for url, held in pages.items() if held.location}
    return slashless | led


def _tags(prefixes: Iterable[str]) -> dict[str, str]:
    return {f"~^{prefix}(/|$)": prefix[1:] for prefix in prefixes}


def _api_types(asked: Mapping[str, Held]) -> dict[str, str]:
    """Return the paths of the API that answer with something else than JSON."""
    return {
        spelling.partition("?")[0]: held.content_type
        for spelling, held in asked.items()
        if held.content_type != JSON
    }


class _HeaderTables:
    """Which headers which addresses answer with.

    Addresses with the same headers form a profile. One table says which profile an
    address has: what is usual below its prefix, or what is written for it. A header
    that every profile has with the same value needs no table.
    """

    def __init__(
        self, kind: str, asked: str, answers: Mapping[str, Held], prefixes: list[str]
    ) -> None:
        self._kind = kind
        profiles = {path: _profile(held) for path, held in answers.items()}
        numbers = {
            each: str(n) for n, each in enumerate(sorted(set(profiles.values())))
        }
        found: dict[str, dict[str, str]] = {"": {}}
        for path, profile in profiles.items():
            prefix = next((p for p in prefixes if path.startswith(f"{p}/")), "")
            found.setdefault(prefix, {})[path] = numbers[profile]
        usual = {
            prefix: Counter(rows.values()).most_common(1)[0][0]
            for prefix, rows in found.items()
            if rows
        }
        rows = {
            path: number
            for prefix, below in found.items()
            for path, number in below.items()
            if number != usual[prefix]
        }
        rows |= {f"~^{prefix}/": number for prefix, number in usual.items() if prefix}
        self.tables = [_table(self._profile, asked, rows, usual.get("", ""))]
        self._numbered = [(number, dict(each)) for each, number in numbers.items()]

    @property
    def _profile(self) -> str:
        return f"mirror_{self._kind}_profile"

    def directives(self) -> str:
        """Return what sets the headers; makes the tables that this needs."""
        lines = []
        for name in sorted(
            {name for _n, headers in self._numbered for name in headers}
        ):
            values = {
                number: headers.get(name, "") for number, headers in self._numbered
            }
            value = _text(next(iter(values.values())))
            if len(set(values.values())) > 1:
                variable = f"mirror_{self._kind}_{name.lower().replace('-', '_')}"
                self.tables.append(_table(variable, f"${self._profile}", values))
                value = f"${variable}"
            lines.append(f"    add_header {name} {value};")
        return "\n".join(lines)


def _profile(held: Held) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in held.headers)


def _table(
    variable: str, asked: str, rows: Mapping[str, str], default: str = ""
) -> str:
    lines = [f"  {_text(key)} {_text(value)};" for key, value in sorted(rows.items())]
    return "\n".join(
        [f"map {asked} ${variable} {{", f"  default {_text(default)};", *lines, "}"]
    )


def _text(value: str) -> str:
    """Return a text as nginx reads it between quotation marks.

    It has no way to write a dollar sign there: an address or header with one must not
    become a variable.
    """
    if "$" in value and not value.startswith("~"):
        raise ValueError(f"nginx cannot be given this text: {value}")
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _fixed(answer: Response) -> str:
    return "\n".join(
        f"    add_header {name} {_text(value)} always;"
        for name, value in answer.headers
    )


def _apologies(new: Path, site: Site, prefixes: list[str]) -> Response:
    """Write what readers get instead of a page, in their language; return one such."""
    nothing = site.get(NOWHERE)
    for prefix in ["", *prefixes]:
        tag = prefix[1:] or tag_of(source_code())
        away = answer_of(unavailable(site.request(f"{prefix}/")))
        _put(new / "apologies" / "404" / f"{tag}.html", site.get(prefix + NOWHERE).body)
        _put(new / "apologies" / "503" / f"{tag}.html", away.body)
    words = "This is a copy of the site. It does not hold the answer to this question."
    body = answer_of(problem(503, words)).body
    _put(new / "apologies" / "503" / "api.json", body)
    return nothing


def _put(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
