"""A follow-up in the editor: it opens filled in, and goes to review complete."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from cms.gate import actions
from cms.log.models import Head
from pledges.models import FollowUp, FollowUpLine
from tests.factories.pages import approve, edit, fresh, publish
from tests.factories.pledges import (
    Promises,
    followup_on,
    make_activity,
    make_pledge,
    make_programme,
    make_report,
)
from tests.factories.site import Municipality
from tests.pledges.editor import Editor, Form

LAMPS, PATROLS, WALKS = 0, 1, 2


@pytest.fixture
def editor(site: Municipality, client: Client) -> Editor:
    return Editor(client, site.people.editor)


def opened(editor: Editor, promises: Promises) -> Form:
    return editor.add(promises.programme, "followup")


def filled(form: Form) -> Form:
    """Everything typed that a follow-up needs."""
    return form.fill(
        ingress="Två av åtta gångvägar är upplysta.",
        next_steps="I höst kommer stolparna.",
        approved_by_parties=approvers(form),
        lines__0__status_after="delayed",
        lines__0__value="2",
        lines__0__text="Två gångvägar är klara.",
        lines__0__reason="Stolparna kommer för sent.",
        lines__1__status_after="recurring",
        lines__1__text="Polisen går varje fredag.",
        lines__2__status_after="ongoing",
        lines__2__value="4,2",
        lines__2__text="Fyra vandringar.",
    )


def approvers(form: Form) -> list[str]:
    boxes = form.soup.select("input[name=approved_by_parties]")
    return [str(box["value"]) for box in boxes]


def report_of(promises: Promises) -> FollowUp:
    return FollowUp.objects.child_of(fresh(promises.programme)).latest("pk")


def test_it_opens_with_the_next_occasion_and_a_line_for_every_activity(
    editor: Editor, promises: Promises
) -> None:
    form = opened(editor, promises)
    assert form.fields["title"] == "Uppföljning tertial 1 2026"
    assert form.fields["slug"] == "uppfoljning-tertial-1-2026"
    occasion = promises.occasion("Tertial 1 2026")
    assert form.fields["occasion"] == str(occasion.pk)
    assert [form.fields[f"lines-{n}-activity"] for n in range(3)] == [
        str(each.pk) for each in (promises.lamps, promises.patrols, promises.walks)
    ]
    assert form.fields["lines-TOTAL_FORMS"] == "3"


def test_a_line_shows_what_was_promised_and_said_last(
    editor: Editor, promises: Promises
) -> None:
    make_report(promises, "Tertial 1 2026")
    form = opened(editor, promises)
    assert form.fields["title"] == "Uppföljning tertial 2 2026"
    said = form.text_of("#inline_child_lines-0")
    assert "Mer ljus där det känns mörkt" in said
    assert "Sandvikens kommun" in said
    assert "8 gångvägar" in said
    assert "Uppföljning tertial 1 2026" in said
    assert "2 gångvägar" in said
    assert form.fields["lines-0-status_after"] == "delayed"
    assert form.fields["lines-2-status_after"] == "ongoing"
    assert form.fields["lines-0-value"] == ""
    assert "Polismyndigheten" in form.text_of("#inline_child_lines-2")


def test_the_final_one_is_named_after_the_period(
    editor: Editor, promises: Promises
) -> None:
    make_report(promises, "Tertial 1 2026")
    make_report(promises, "Tertial 2 2026")
    assert opened(editor, promises).fields["title"] == "Slutuppföljning 2026"


def test_an_empty_draft_can_be_saved(editor: Editor, promises: Promises) -> None:
    form = opened(editor, promises).save()
    assert form.response.status_code == 200
    report = report_of(promises)
    assert report.lines.count() == 3
    assert not report.live


def test_what_is_missing_is_said_at_the_field_and_typed_text_is_kept(
    editor: Editor, promises: Promises
) -> None:
    form = opened(editor, promises).fill(
        ingress="Så här går det.",
        lines__0__status_after="delayed",
        lines__0__value="två",
    )
    form.submit()
    assert "lines-0-value" in form.errors
    form.fill(lines__0__value="2,5").submit()
    assert form.fields["ingress"] == "Så här går det."
    assert form.fields["lines-0-value"] == "2,5"
    assert form.fields["title"] == "Uppföljning tertial 1 2026"
    assert set(form.errors) == {
        "lines-0-reason", "lines-0-text",
        "lines-1-status_after", "lines-1-text",
        "lines-2-status_after", "lines-2-text",
        "next_steps", "approved_by_parties",
    }  # fmt: skip
    assert not FollowUp.objects.exists()


def test_complete_it_is_submitted_approved_and_public(
    site: Municipality, editor: Editor, promises: Promises
) -> None:
    filled(opened(editor, promises)).submit()
    report = report_of(promises)
    assert report.workflow_in_progress
    public = approve(report)
    head = Head.objects.get(key=public.translation_key, locale="sv")
    lines = head.publication.document["lines"]
    assert [each["value"] for each in lines] == ["2", None, "4.2"]
    assert head.path == f"/loften/{promises.programme.slug}/uppfoljning-tertial-1-2026/"


def test_it_can_be_saved_first_and_submitted_later(
    editor: Editor, promises: Promises
) -> None:
    form = opened(editor, promises).save()
    filled(form).submit()
    assert report_of(promises).workflow_in_progress


def test_a_public_one_is_mended_and_published_again(
    editor: Editor, promises: Promises
) -> None:
    report = make_report(promises, "Tertial 1 2026")
    editor.edit(report).fill(lines__0__value="3").submit()
    assert FollowUpLine.objects.get(followup=report, activity=promises.lamps).value == 2
    approve(report, significance="content")
    row = FollowUpLine.objects.get(followup=report, activity=promises.lamps)
    assert row.value == Decimal(3)
    head = Head.objects.get(key=report.translation_key, locale="sv")
    assert head.publication.document["lines"][0]["value"] == "3"


def test_an_older_draft_gets_lines_for_what_was_promised_since(
    editor: Editor, promises: Promises
) -> None:
    opened(editor, promises).fill(lines__0__text="Två lampor.").save()
    report = report_of(promises)
    activity = make_activity("Rita en karta", promises.municipality)
    publish(make_pledge(promises.programme, activities=[activity], number=2))
    form = editor.edit(report)
    assert form.fields["lines-TOTAL_FORMS"] == "4"
    assert form.fields["lines-0-text"] == "Två lampor."
    assert "Rita en karta" in form.text_of("#inline_child_lines-3")
    form.save()
    assert report.lines.count() == 4


def test_a_line_that_is_missing_is_asked_for(
    editor: Editor, promises: Promises
) -> None:
    form = filled(opened(editor, promises))
    form.fields["lines-TOTAL_FORMS"] = form.fields["lines-INITIAL_FORMS"] = "2"
    form.submit()
    assert "Mer ljus där det känns mörkt" in form.errors["lines"]
    assert form.fields["lines-0-text"] == "Två gångvägar är klara."


def test_an_activity_of_another_programme_is_refused(
    editor: Editor, promises: Promises
) -> None:
    other = make_programme(promises.index, parties=[promises.municipality])
    activity = make_activity("Något annat", promises.municipality)
    foreign = make_pledge(other, activities=[activity]).activities.get()
    form = filled(opened(editor, promises)).fill(lines__0__activity=str(foreign.pk))
    form.save()
    assert "lines-0-activity" in form.errors
    assert not FollowUp.objects.exists()


def test_no_activity_is_reported_on_twice(editor: Editor, promises: Promises) -> None:
    form = filled(opened(editor, promises))
    form.fill(lines__1__activity=form.fields["lines-0-activity"]).save()
    assert form.errors
    assert not FollowUp.objects.exists()


def test_the_background_save_of_the_editor_makes_one_row_for_each_line(
    editor: Editor, promises: Promises
) -> None:
    form = opened(editor, promises)
    headers = {"Accept": "application/json"}
    answer = editor.client.post(form.address, form.fields, headers=headers).json()
    assert answer["success"], answer
    fields = {**form.fields, **answer["field_updates"], "lines-0-text": "Två lampor."}
    fields["overwrite_revision_id"] = answer["revision_id"]
    again = editor.client.post(answer["url"], fields, headers=headers).json()
    assert again["success"], again
    lines = report_of(promises).lines.order_by("sort_order")
    assert [each.text for each in lines] == ["Två lampor.", "", ""]


def test_without_public_pledges_there_is_nothing_to_report(
    editor: Editor, promises: Promises
) -> None:
    other = publish(make_programme(promises.index, parties=[promises.municipality]))
    form = editor.add(other, "followup")
    assert form.fields["lines-TOTAL_FORMS"] == "0"
    assert form.soup.select(".help-warning")


def test_a_withdrawn_pledge_is_not_asked_about(
    editor: Editor, promises: Promises
) -> None:
    publish(
        promises.pledge,
        withdrawn_on=promises.programme.period_start,
        withdrawn_reason="Vägen byggs om.",
    )
    assert opened(editor, promises).fields["lines-TOTAL_FORMS"] == "0"


def test_who_does_not_write_swedish_makes_no_follow_up(
    site: Municipality, client: Client, promises: Promises
) -> None:
    client.force_login(site.people.translator_fi)
    address = f"/admin/pages/add/pledges/followup/{promises.programme.pk}/"
    assert client.get(address).status_code == 403


def test_an_edit_past_the_form_is_refused_as_well(promises: Promises) -> None:
    report = make_report(promises, "Tertial 1 2026")
    draft = edit(report, lines=[])
    assert not draft.as_object().lines.all()
    with pytest.raises(actions.NotFit, match="Mer ljus"):
        actions.submit_for_review(fresh(report), by=draft.user)


def test_publishing_in_bulk_is_no_way_past_the_review(
    site: Municipality, client: Client, promises: Promises
) -> None:
    draft = followup_on(promises.programme, {})
    for username in ("editor", "approver", "admin"):
        client.force_login(getattr(site.people, username))
        client.post(f"/admin/bulk/wagtailcore/page/publish/?id={draft.pk}")
        assert not fresh(draft).live


def test_a_copy_is_a_draft_that_cannot_take_the_same_occasion(
    site: Municipality, promises: Promises
) -> None:
    report = make_report(promises, "Tertial 1 2026")
    copy = report.copy(
        update_attrs={"slug": "kopia"}, user=site.people.editor, keep_live=True
    )
    assert not copy.live
    with pytest.raises(actions.NotFit, match=report.title):
        actions.submit_for_review(fresh(copy), by=site.people.editor)
