"""Many articles from one file: checked as a whole, drafts only, no doubles."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, PageLogEntry, ReferenceIndex

from articles import bulk
from articles.importing.fragment import read_fragment
from articles.importing.rows import Row, read_rows
from articles.models import ArticlePage
from cms.gate.batch import publish_imported
from cms.gate.errors import Conflict, NotAllowed, NotFit, OwnWork
from cms.gate.models import Decision
from cms.log import entries
from cms.log.models import Publication
from tests.factories.pages import approve, edit, fresh, submit
from tests.factories.people import person


def row(number, **changes):
    """A line of a file, as an older site's database would give it."""
    facts = {
        "id": f"old-{number}",
        "title": f"Gammal nyhet {number}",
        "ingress": "Så var det då.",
        "date": "2012-03-04",
        "body": '<p>Läs <a href="/nyheter/">mer</a> &amp; se.</p><h2>Sen</h2><p>Ja</p>',
        **changes,
    }
    return json.dumps({name: value for name, value in facts.items() if value})


def file_of(tmp_path, *lines):
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def brought_in(*lines, by="editor"):
    """Bring lines in as drafts, and return them in the order of the file."""
    from articles.actions import default_parent  # noqa: PLC0415

    made = bulk.plan(
        read_rows(line.encode() for line in lines),
        parent=default_parent(),
        by=person(by),
    )
    assert made.problems == []
    return bulk.carry_out(made, by=person(by))


def publish(pages, submitted_by="editor", approved_by="approver"):
    return publish_imported(
        pages, submitted_by=person(submitted_by), approved_by=person(approved_by)
    )


# --- the file ---


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("[", "not JSON"),
        ("[]", "not a JSON object"),
        ('{"id": "1"}', "title is missing"),
        (row(1, live="yes"), "there is no member live"),
        (row(1, title=3), "title is not a text"),
        (row(1, title="x" * 91), "longer than 90"),
        (row(1, ingress="a\0b"), "NUL"),
        (row(1, date="4 mars"), "no date"),
        (row(1, updated="2012-03-04T10:00"), "time zone"),
        (row(1, slug="å/b"), "cannot be an address"),
        (row(1, locale="fi"), "in Swedish"),
        (row(1, body="<p>a</p><table></table>"), "<table> cannot"),
        (row(1, body="<p>a <span>b</span></p>"), "<span> inside text"),
        (row(1, body="löst"), "outside a paragraph"),
        (row(1, body="<h3>a</h3>"), "skips a level"),
        (row(1, body='<p><a href="javascript:x">a</a></p>'), "a link leads to"),
    ],
)
def test_line_that_is_not_in_order_says_why(line, message):
    (found,) = read_rows([line.encode()])

    assert not isinstance(found, Row)
    assert message in "; ".join(str(problem) for problem in found)
    assert all(problem.line == 1 for problem in found)


def test_second_line_with_an_id_or_an_address_names_the_first():
    lines = [row(1, slug="a"), row(1, slug="b"), row(2, slug="a")]

    _first, *others = read_rows(line.encode() for line in lines)

    assert [str(each[0]) for each in others] == [
        "line 2: the id is that of line 1",
        "line 3: the address is that of line 1",
    ]


def test_markup_cannot_break_out_of_the_text():
    source = '<p>1 &lt; 2 <a href="https://a.se/?q=&quot;&gt;&lt;b">x</a><!-- y --></p>'

    fragment = read_fragment(source)

    assert fragment.blocks[0]["html"] == (
        '<p>1 &lt; 2 <a href="https://a.se/?q=&quot;&gt;&lt;b">x</a></p>'
    )


# --- drafts ---


def test_nothing_is_written_when_one_line_is_not_in_order(site, tmp_path, capsys):
    taken = site.article(slug="upptagen")
    path = file_of(
        tmp_path,
        row(1),
        row(2, slug=taken.slug),
        row(3, body='<p><a href="/finns-inte/">a</a></p>'),
        row(4, parent="/nej/"),
    )
    before = Page.objects.count()

    with pytest.raises(CommandError, match="3 lines"):
        call_command("import_articles", path)

    said = capsys.readouterr().err
    assert Page.objects.count() == before
    assert "line 2: another page has the address" in said
    assert "line 3: body: the link “/finns-inte/”" in said
    assert "line 4: there is no list of articles" in said
    call_command("import_articles", path, skip_invalid=True)
    assert Page.objects.count() == before + 1


def test_drafts_are_as_if_written_here(
    site, tmp_path, django_capture_on_commit_callbacks
):
    path = file_of(tmp_path, *(row(n, category="Skola") for n in range(3)))
    publications = Publication.objects.count()

    with django_capture_on_commit_callbacks(execute=True):
        call_command("import_articles", path, by="editor")

    pages = list(
        ArticlePage.objects.filter(title__startswith="Gammal").order_by("path")
    )
    page = pages[0]
    draft = page.get_latest_revision().as_object()
    assert [each.title for each in pages] == [f"Gammal nyhet {n}" for n in range(3)]
    assert not any(each.live for each in pages)
    assert Publication.objects.count() == publications
    assert Page.find_problems() == ([], [], [], [], [])
    assert fresh(site.index).numchild == fresh(site.index).get_children().count()
    assert (page.public_path(), page.news_date) == (
        "/nyheter/gammal-nyhet-0/",
        date(2012, 3, 4),
    )
    assert draft.body == page.body
    assert f"cms:{site.index.translation_key}" in page.document()["body"][0]["html"]
    assert page.document()["body"][0]["html"].endswith("</a> &amp; se.</p>")
    assert PageLogEntry.objects.get(page=page.pk).user == person("editor")
    assert ReferenceIndex.get_references_to(site.index).filter(object_id=str(page.pk))
    assert pages[2] in ArticlePage.objects.search("nyhet")


def test_draft_goes_the_usual_way(site):
    (page,) = brought_in(row(1))

    submit(page, title="Rättad nyhet")

    assert approve(page).live
    assert list(entries.verify()) == []


def test_same_file_twice_makes_no_doubles(site, tmp_path, capsys):
    path = file_of(tmp_path, row(1), row(2))
    call_command("import_articles", path)
    before = Page.objects.count()

    call_command("import_articles", path)

    assert Page.objects.count() == before
    assert "2 were here already" in capsys.readouterr().out


def test_only_who_may_write_there_brings_articles_in(site):
    with pytest.raises(NotAllowed):
        brought_in(row(1), by="translator_fi")


# --- with its approvals ---


def test_migration_publishes_with_two_people_and_once(site, tmp_path, capsys):
    path = file_of(tmp_path, *(row(n) for n in range(3)))
    people = {"submitted_by": "editor", "approved_by": "approver"}
    before = Publication.objects.count()

    call_command("import_articles", path, by="editor", publish=True, **people)
    call_command("import_articles", path, by="editor", publish=True, **people)

    rows = Publication.objects.order_by("id")[before:]
    page = ArticlePage.objects.get(slug="gammal-nyhet-1")
    decision = Decision.objects.get(revision_number=page.live_revision_id)
    assert [each.path for each in rows] == [
        f"/nyheter/gammal-nyhet-{n}/" for n in range(3)
    ]
    assert {(each.actor, each.review, each.significance) for each in rows} == {
        ("approver", "approved", "first")
    }
    assert page.live
    assert not page.has_unpublished_changes
    assert rows[1].document == {
        **page.document(),
        "list_date": "2012-03-04T12:00:00+01:00",
    }
    assert (decision.decided_by, decision.outcome) == (person("approver"), "approved")
    assert list(entries.verify()) == []


@pytest.mark.parametrize(
    ("people", "refusal"),
    [
        ({"submitted_by": "approver"}, OwnWork),
        ({"approved_by": "editor", "submitted_by": "admin"}, NotAllowed),
        ({"submitted_by": "translator_fi"}, NotAllowed),
        ({"approved_by": "reviewer_fi"}, NotAllowed),
    ],
)
def test_migration_keeps_four_eyes(site, people, refusal):
    pages = brought_in(row(1))
    before = Publication.objects.count()

    with pytest.raises(refusal):
        publish(pages, **people)

    assert Publication.objects.count() == before
    assert not fresh(pages[0]).live


def test_who_brought_the_text_in_does_not_approve_it(site):
    pages = brought_in(row(1), by="admin")

    with pytest.raises(OwnWork):
        publish(pages, approved_by="admin")


def test_migration_is_all_or_nothing(site):
    good, edited, empty = brought_in(row(1), row(2), row(3))
    edit(edited, title="Ändrad")
    ArticlePage.objects.filter(pk=empty.pk).update(ingress="Smugen in")
    before = Publication.objects.count()

    for pages in ([good, edited], [good, empty], [good, site.index]):
        with pytest.raises(Conflict):
            publish(pages)

    assert Publication.objects.count() == before
    assert not fresh(good).live


def test_migration_asks_the_house_rules(site, monkeypatch):
    pages = brought_in(row(1), row(2))
    monkeypatch.setattr("cms.core.house_rules.MAX_TITLE", 10)

    with pytest.raises(NotFit):
        publish(pages)

    assert not fresh(pages[0]).live
