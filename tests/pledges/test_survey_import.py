"""Reading results into a survey: all or nothing, into the draft, by who may."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder

from cms.gate.errors import Conflict, NotAllowed
from cms.log import entries
from pledges.importing.drafts import import_results
from pledges.importing.mistakes import UnreadableFile
from pledges.importing.sheet import MAX_ROWS
from pledges.models import SurveyResult
from tests.factories.pages import edit, fresh, publish, submit
from tests.factories.people import person
from tests.factories.pledges import make_indicator, make_survey
from tests.factories.translations import translate

HEADINGS = "Indikator;Indelning;Grupp;Värde;Antal svar\n"
GOOD = HEADINGS + "trygg;;;71,5;\ntrygg;kön;kvinnor;62;365\ntrygg;kön;män;80;355\n"
BAD = GOOD + "trygg;ålder;16-24;mycket;100\n"


@pytest.fixture
def indicator(site):
    return make_indicator(code="trygg")


@pytest.fixture
def survey(indicator):
    """A public survey with one result."""
    survey = make_survey()
    survey.results = [SurveyResult(indicator=indicator, value=Decimal(70), n=700)]
    survey.save()
    return publish(survey)


@pytest.fixture
def staff(client):
    """Log somebody in."""

    def log_in(username):
        client.force_login(person(username))
        return client

    return log_in


def read_in(survey, text=GOOD, by="editor"):
    return import_results(survey, BytesIO(text.encode()), by=person(by))


def drafted(survey):
    """The results of the latest draft."""
    draft = fresh(survey).get_latest_revision_as_object()
    return {(r.dimension, r.group): (r.value, r.n) for r in draft.results.all()}


def stored(survey):
    return {(r.dimension, r.group): r.value for r in fresh(survey).results.all()}


WHOLE = {
    ("total", ""): (Decimal("71.5"), None),
    ("gender", "women"): (Decimal(62), 365),
    ("gender", "men"): (Decimal(80), 355),
}


def test_results_become_a_draft_and_nothing_public(survey):
    before = entries.current(survey.translation_key, "sv")
    outcome = read_in(survey)

    assert (outcome.added, outcome.replaced, outcome.kept_inside) == (2, 1, 0)
    assert drafted(survey) == WHOLE
    assert stored(survey) == {("total", ""): Decimal(70)}
    assert fresh(survey).has_unpublished_changes
    assert outcome.revision.user == person("editor")
    assert entries.current(survey.translation_key, "sv") == before


def test_draft_with_results_goes_public_through_review(survey):
    read_in(survey)
    published = publish(survey, by=person("editor"))

    assert stored(published) == {place: value for place, (value, _n) in WHOLE.items()}
    document = entries.current(survey.translation_key, "sv").document
    assert [r["value"] for r in document["results"]] == ["71.5", "62", "80"]


def test_file_with_one_wrong_row_changes_nothing(survey):
    revision = fresh(survey).latest_revision_id
    outcome = read_in(survey, BAD)

    (problem,) = outcome.problems
    assert (problem.row, problem.column) == (5, "Värde")
    assert outcome.revision is None
    assert fresh(survey).latest_revision_id == revision


@pytest.mark.parametrize("text", ["", "a;b\n1;2\n", HEADINGS])
def test_file_that_cannot_be_read_changes_nothing(survey, text):
    revision = fresh(survey).latest_revision_id

    with pytest.raises(UnreadableFile):
        read_in(survey, text)
    assert fresh(survey).latest_revision_id == revision


def test_other_changes_of_the_draft_stay(survey):
    edit(survey, method="Webbenkät.", area_name="Storvik")
    read_in(survey)

    draft = fresh(survey).get_latest_revision_as_object()
    assert (draft.method, draft.area_name) == ("Webbenkät.", "Storvik")
    assert fresh(survey).method == ""


def test_results_that_the_file_does_not_name_stay(survey):
    read_in(survey)
    outcome = read_in(survey, HEADINGS + "trygg;kön;män;79;354\n")

    assert (outcome.added, outcome.replaced) == (0, 1)
    assert drafted(survey) == {**WHOLE, ("gender", "men"): (Decimal(79), 354)}


def test_file_that_is_read_twice_says_the_same(survey):
    read_in(survey)
    outcome = read_in(survey)

    assert (outcome.added, outcome.replaced) == (0, 3)
    assert drafted(survey) == WHOLE


def test_survey_that_was_never_public_takes_results_too(indicator):
    survey = make_survey()

    assert read_in(survey).added == 3
    assert drafted(survey) == WHOLE
    assert not fresh(survey).live


def test_answers_are_compared_with_those_of_the_draft(survey):
    edit(survey, n_answered=300)

    assert {p.column for p in read_in(survey).problems} == {"Antal svar"}


def test_small_cells_are_taken_in_and_counted(survey):
    outcome = read_in(survey, GOOD.replace("365", "12"))

    assert outcome.kept_inside == 2
    assert drafted(survey)[("gender", "women")] == (Decimal(62), 12)


@pytest.mark.parametrize("who", ["translator_fi", "reviewer_fi", "translator_ar"])
def test_who_may_not_edit_the_survey_may_not_read_in(survey, who):
    with pytest.raises(NotAllowed):
        read_in(survey, by=who)
    assert len(drafted(survey)) == 1


def test_translation_takes_no_results(survey):
    with pytest.raises(NotAllowed):
        read_in(translate(survey, "fi"), by="admin")


def test_survey_under_review_is_left_alone(survey):
    submit(survey, method="Webbenkät.")

    for who in ("editor", "editor2", "admin"):
        with pytest.raises(Conflict):
            read_in(survey, by=who)
    assert len(drafted(survey)) == 1


def test_locked_survey_is_left_alone(survey):
    type(survey).objects.filter(pk=survey.pk).update(
        locked=True, locked_by=person("editor2")
    )

    with pytest.raises(Conflict):
        read_in(survey)


# --- the screen ---


def address(survey):
    return reverse("surveys:import", args=[survey.pk])


def upload(text, name="resultat.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    return {"file": SimpleUploadedFile(name, data)}


def test_screen_is_reached_from_the_survey_and_the_list(survey, staff):
    client = staff("editor")
    edit_url = AdminURLFinder(person("editor")).get_edit_url(survey)
    listing = reverse(type(survey).snippet_viewset.get_url_name("list"))

    assert address(survey) in client.get(edit_url).content.decode()
    assert address(survey) in client.get(listing).content.decode()
    response = client.get(address(survey))
    assert response.status_code == 200
    assert "multipart/form-data" in response.content.decode()


def test_upload_leads_back_to_the_draft(survey, staff):
    response = staff("editor").post(address(survey), upload(GOOD), follow=True)

    edit_url = AdminURLFinder(person("editor")).get_edit_url(survey)
    assert response.redirect_chain == [(edit_url, 302)]
    assert drafted(survey) == WHOLE


def test_report_names_row_and_column(survey, staff):
    response = staff("editor").post(address(survey), upload(BAD))
    html = response.content.decode()

    assert response.status_code == 422
    assert '<th scope="row">5</th><td>Värde</td>' in html
    assert "mycket" in html
    assert len(drafted(survey)) == 1


def test_cell_is_shown_as_text(survey, staff):
    text = HEADINGS + "<script>alert(1)</script>;;;71;700\n"
    html = staff("editor").post(address(survey), upload(text)).content.decode()

    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


@pytest.mark.parametrize(
    "file",
    [
        upload(GOOD.encode("utf-16")),
        upload(b""),
        upload(b"x" * (2 * 1024 * 1024 + 1)),
        upload(HEADINGS + "trygg;;;1;1\n" * (MAX_ROWS + 1)),
        {},
    ],
    ids=["utf-16", "empty", "too-large", "too-many-rows", "no-file"],
)
def test_file_that_is_refused_is_refused_at_its_field(survey, staff, file):
    response = staff("editor").post(address(survey), file)

    assert response.status_code == 422
    assert 'id="id_file_error"' in response.content.decode()
    assert len(drafted(survey)) == 1


@pytest.mark.parametrize("who", ["translator_fi", "reviewer_fi", "translator_ar"])
def test_screen_is_closed_to_others(survey, staff, who):
    client = staff(who)

    assert client.get(address(survey)).status_code == 403
    assert client.post(address(survey), upload(GOOD)).status_code == 403
    assert len(drafted(survey)) == 1


def test_screen_is_closed_to_the_public(survey, client):
    assert client.post(address(survey), upload(GOOD)).status_code == 302
    assert len(drafted(survey)) == 1


def test_survey_that_is_not_there_is_not_found(site, staff):
    assert staff("editor").get("/admin/surveys/999999/results/").status_code == 404


# --- the command ---


def run(survey_id, path):
    out, err = StringIO(), StringIO()
    call_command("import_survey", str(path), survey=survey_id, stdout=out, stderr=err)
    return out.getvalue()


def test_command_saves_a_draft(survey, tmp_path):
    file = tmp_path / "resultat.csv"
    file.write_text(GOOD, encoding="utf-8")

    assert "2 new, 1 replaced" in run(survey.pk, file)
    assert drafted(survey) == WHOLE


def test_command_fails_with_a_report(survey, tmp_path):
    file = tmp_path / "resultat.csv"
    file.write_text(BAD, encoding="utf-8")

    with pytest.raises(CommandError):
        run(survey.pk, file)
    assert len(drafted(survey)) == 1


@pytest.mark.parametrize("content", [None, b"PK\x03\x04"])
def test_command_fails_without_a_file_that_can_be_read(survey, tmp_path, content):
    file = tmp_path / "resultat.csv"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(CommandError):
        run(survey.pk, file)


def test_command_fails_without_a_survey(site, tmp_path):
    with pytest.raises(CommandError, match="999999"):
        run(999999, tmp_path)
