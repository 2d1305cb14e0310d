"""The tool for interface words, on small trees of its own."""

from __future__ import annotations

import gettext
import json
import shutil
from pathlib import Path

import pytest

from cms.settings.parts.languages import LANGUAGES_FILE
from installed import APPS
from tools import messages as tool

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: {rule}\\n"

"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A project with one public template and one module of the desk."""
    (tmp_path / "cms/settings").mkdir(parents=True)
    shutil.copy(LANGUAGES_FILE, tmp_path / "cms/settings")
    template = tmp_path / "cms/site/templates/page.html"
    template.parent.mkdir(parents=True)
    template.write_text(
        '  {% load i18n %}\n{% trans "Menu" %}\n    <p>{% blocktrans count n=n %}'
        "{{ n }} hit{% plural %}{{ n }} hits{% endblocktrans %}"
    )
    module = tmp_path / "cms/gate/actions.py"
    module.parent.mkdir(parents=True)
    module.write_text(
        "from django.utils.translation import pgettext_lazy, gettext as _\n"
        'A = _("Approve %(page)s")\nB = pgettext_lazy("verb", "Open")\nC = _(A)\n'
    )
    return tmp_path


def write(
    tree: Path, folder: str, body: str, rule: str = "nplurals=2; plural=(n != 1);"
):
    path = tree / "locale" / folder / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PO.format(rule=rule) + body)
    return path


def test_words_are_found_in_python_and_templates(tree):
    messages = tool.used_messages(tree)

    assert set(messages) == {
        (None, "Menu"),
        (None, "%(n)s hit"),
        (None, "Approve %(page)s"),
        ("verb", "Open"),
    }
    assert messages[None, "%(n)s hit"].plural == "%(n)s hits"


def test_public_words_are_due_in_five_languages_and_others_in_swedish(tree):
    messages = tool.used_messages(tree)

    assert messages[None, "Menu"].tags == ("sv", "en", "fi", "ar", "so")
    assert messages["verb", "Open"].tags == ("sv",)


@pytest.mark.parametrize("app", APPS)
@pytest.mark.parametrize(
    ("place", "is_public"),
    [
        ("templates/{app}/page.html", True),
        ("templates/{app}/blocks/badminton.html", True),
        ("templates/{app}/admin/report.html", False),
        ("templatetags/{app}_tags.py", True),
        ("templatetags/{app}_admin_tags.py", False),
        ("models.py", False),
    ],
)
def test_words_of_an_app_are_public_unless_their_place_is_for_staff(
    tree, app, place, is_public
):
    path = tree / app / place.format(app=app)
    path.parent.mkdir(parents=True)
    words = {".html": '{% translate "Spade" %}', ".py": '_("Spade")\n'}
    path.write_text(words[path.suffix])

    assert tool.used_messages(tree)[None, "Spade"].is_public is is_public


def test_what_is_drawn_on_a_screen_of_wagtail_lies_with_what_is_for_staff():
    """A template that builds on Wagtail's desk must not be due in Arabic."""
    screens = [
        path.relative_to(tool.ROOT).as_posix()
        for app in APPS
        for path in (tool.ROOT / app).rglob("templates/**/*.html")
        if "wagtailadmin" in path.read_text()
    ]

    assert screens
    assert [path for path in screens if "/admin/" not in path] == []


def test_check_names_language_word_and_place_when_missing(tree):
    found = list(tool.faults(tree))

    assert (
        "locale/fi/LC_MESSAGES/django.po: no translation of “Menu”"
        " (cms/site/templates/page.html)"
    ) in found
    assert not [fault for fault in found if "/fi/" in fault and "Open" in fault]


@pytest.mark.parametrize(
    "entry",
    [
        'msgid "Menu"\nmsgstr ""\n',
        '#, fuzzy\nmsgid "Menu"\nmsgstr "Meny"\n',
        '#~ msgid "Menu"\n#~ msgstr "Meny"\n',
    ],
)
def test_empty_fuzzy_and_obsolete_do_not_count(tree, entry):
    write(tree, "sv", entry)

    assert any("/sv/" in fault and "“Menu”" in fault for fault in tool.faults(tree))


def test_every_plural_form_is_due(tree):
    two = 'msgid "%(n)s hit"\nmsgid_plural "%(n)s hits"\n'
    forms = "".join(f'msgstr[{number}] "%(n)s"\n' for number in range(6))
    rule = "nplurals=6; plural=0;"

    write(tree, "ar", two + forms, rule)
    assert not [f for f in tool.faults(tree) if "/ar/" in f and "hit" in f]

    write(tree, "ar", two + forms.replace('msgstr[4] "%(n)s"', 'msgstr[4] ""'), rule)
    assert [f for f in tool.faults(tree) if "/ar/" in f and "hit" in f]


@pytest.mark.parametrize(
    ("text", "is_fault"),
    [("Godkänn %(page)s", False), ("Godkänn %(sida)s", True), ("Godkänn", True)],
)
def test_placeholders_must_agree(tree, text, is_fault):
    write(tree, "sv", f'msgid "Approve %(page)s"\nmsgstr "{text}"\n')

    assert any("placeholders" in fault for fault in tool.faults(tree)) is is_fault


def test_plural_rule_must_agree_with_the_table(tree):
    write(tree, "ar", "")

    assert any("Plural-Forms" in fault for fault in tool.faults(tree))


def test_update_adds_what_is_missing_and_keeps_what_is_there(tree):
    path = write(tree, "sv", 'msgid "Menu"\nmsgstr "Meny"\n')

    tool.add_missing(tree)

    assert 'msgstr "Meny"' in path.read_text()
    assert 'msgid "Approve %(page)s"' in path.read_text()
    assert tool.add_missing(tree) == 0


def test_update_says_in_english_what_the_code_says(tree):
    tool.add_missing(tree)

    faults = [fault for fault in tool.faults(tree) if "/en/" in fault]
    assert faults == []


def test_update_keeps_a_file_for_every_language_a_new_site_has(tree):
    tool.add_missing(tree)

    rows = json.loads(LANGUAGES_FILE.read_text())
    started = {row["tag"] for row in rows if row["start"] in {"visible", "configured"}}
    folders = {path.name for path in (tree / "locale").iterdir()}
    assert len(folders) == len(started)
    assert "sv_X-lattlast" in folders


def test_compiled_words_are_read_by_gettext(tree):
    write(tree, "sv", 'msgid "Menu"\nmsgstr "Meny"\n')

    for catalogue in tool.catalogues(tree):
        catalogue.compile()

    words = gettext.translation("django", tree / "locale", ["sv"])
    assert words.gettext("Menu") == "Meny"
    assert gettext.find("django", tree / "locale", ["kmr"])


def test_second_compilation_writes_nothing(tree):
    for catalogue in tool.catalogues(tree):
        catalogue.compile()

    assert not [item.tag for item in tool.catalogues(tree) if item.compile()]
