"""What references in a document become for one reader."""

from __future__ import annotations

from cms.kinds import resolving
from cms.kinds.kinds import PageKind
from cms.kinds.references import named
from cms.kinds.resolving import LinkTarget

HOME, NEWS, GONE, CONTACT = (f"{n}0000000-0000-4000-8000-000000000000" for n in "1234")


def target(key):
    """Two public pages: one in the reader's language, one in Swedish; no other."""
    return {
        HOME: LinkTarget("/fi/", "Etusivu"),
        NEWS: LinkTarget('/fi/"nyheter"/', "Nyheter", "sv"),
    }.get(key)


def resolved(*blocks):
    document = {"title": "T", "body": list(blocks)}
    return resolving.resolved(PageKind, document, target)["body"]


def link(key, text="ord"):
    return f'<a href="cms:{key}">{text}</a>'


def test_every_reference_is_found():
    document = {
        "contact_block": CONTACT,
        "body": [
            {"type": "paragraph", "html": f"<p>{link(NEWS)}</p>"},
            {"type": "list", "items": ["x", link(GONE)]},
            {"type": "video", "transcript_html": link(HOME), "url": "/x"},
            {
                "type": "link_list",
                "links": [
                    {"kind": "page", "key": NEWS},
                    {"kind": "external", "url": "https://example.org/"},
                ],
            },
        ],
    }

    found = [key for _relation, key in named(PageKind, document)]

    assert sorted(found) == sorted([CONTACT, NEWS, GONE, HOME, NEWS])


def test_document_without_references_has_none():
    assert list(named(PageKind, {})) == []
    assert list(named(PageKind, {"contact_block": None, "body": []})) == []


def test_link_leads_to_the_readers_page():
    (block,) = resolved({"type": "paragraph", "html": f"<p>{link(HOME)}</p>"})

    assert block["html"] == '<p><a href="/fi/">ord</a></p>'


def test_link_to_a_fallback_names_its_language_and_is_escaped():
    (block,) = resolved({"type": "facts", "html": link(NEWS, "<em>a</em>")})

    assert block["html"] == (
        '<a href="/fi/&quot;nyheter&quot;/" hreflang="sv"><em>a</em></a>'
    )


def test_link_to_what_is_not_public_leaves_its_words():
    (block,) = resolved({"type": "paragraph", "html": f"<p>a {link(GONE)} b</p>"})

    assert block["html"] == "<p>a ord b</p>"


def test_links_in_items_and_transcripts_are_resolved():
    items, film = resolved(
        {"type": "list", "items": [link(HOME), "utan"]},
        {"type": "video", "transcript_html": link(GONE), "url": "/film.mp4"},
    )

    assert items["items"] == ['<a href="/fi/">ord</a>', "utan"]
    assert (film["transcript_html"], film["url"]) == ("ord", "/film.mp4")


def test_list_of_links_takes_titles_and_drops_what_is_gone():
    external = {"kind": "external", "url": "https://example.org/", "text": "E"}
    (block,) = resolved(
        {
            "type": "link_list",
            "links": [
                {"kind": "page", "key": NEWS, "text": ""},
                {"kind": "page", "key": NEWS, "text": "Egna ord"},
                {"kind": "page", "key": HOME, "text": ""},
                {"kind": "page", "key": GONE, "text": "Borta"},
                external,
            ],
        }
    )

    titled, worded, home, kept = block["links"]
    assert (titled["text"], titled["lang"], titled["served_lang"]) == (
        "Nyheter",
        "sv",
        "sv",
    )
    assert (worded["text"], worded["lang"], worded["served_lang"]) == (
        "Egna ord",
        None,
        "sv",
    )
    assert (home["text"], home["path"], home["served_lang"]) == (
        "Etusivu",
        "/fi/",
        None,
    )
    assert kept == {**external, "lang": None, "id": ""}


def test_stored_document_is_not_changed():
    stored = {"type": "paragraph", "html": link(HOME)}
    document = {"title": "T", "body": [stored]}

    resolving.resolved(PageKind, document, target)

    assert stored["html"] == link(HOME)
