"""The review screens: what a reviewer reads, and how the decision is taken."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.engine.providers import PhrasebookProvider
from cms.gate import actions, record, rules
from tests.factories import translations
from tests.factories.pages import edit, fresh, publish, submit
from tests.factories.people import person


@pytest.fixture
def waiting(site):
    """A public article with a new version under review."""
    article = site.live_article()
    submit(article, ingress="Så här går det till i hela Sandviken.")
    return fresh(article)


@pytest.fixture
def as_approver(client):
    client.force_login(person("approver"))
    return client


def screen(obj):
    kind = ContentType.objects.get_for_model(type(obj))
    return reverse("review:text", args=[kind.pk, obj.pk])


def decision(obj, **facts):
    base = {
        "revision": obj.latest_revision_id,
        "decision": "approve",
        "significance": "content",
    }
    return {**base, **facts}


def content_of(response):
    return BeautifulSoup(response.content, "html.parser").find("main")


# --- Swedish ---


def test_editing_leads_the_approver_to_the_review(as_approver, waiting):
    response = as_approver.get(reverse("wagtailadmin_pages:edit", args=[waiting.pk]))

    assert response["Location"] == screen(waiting)


def test_writer_keeps_the_locked_editor(client, waiting):
    client.force_login(person("editor"))

    response = client.get(reverse("wagtailadmin_pages:edit", args=[waiting.pk]))

    assert response.status_code == 200


def test_change_is_shown_against_what_is_public(as_approver, waiting):
    main = content_of(as_approver.get(screen(waiting)))

    assert "hela" in main.find("ins").get_text()
    assert main.find("iframe")["title"]
    assert "editor" in main.get_text()


def test_preview_shows_the_text_under_review(as_approver, waiting):
    address = content_of(as_approver.get(screen(waiting))).find("iframe")["src"]

    assert "i hela Sandviken" in as_approver.get(address).content.decode()


def test_first_publication_asks_for_no_significance(as_approver, site):
    article = site.article()
    submit(article)

    form = as_approver.get(screen(article)).context["form"]

    assert "significance" not in form.fields


def test_approval_publishes_what_was_read(as_approver, waiting):
    response = as_approver.post(
        screen(waiting), decision(waiting, significance="wording")
    )

    assert response["Location"] == reverse("review:list")
    publication = record.head_of(waiting).publication
    assert publication.document["ingress"] == "Så här går det till i hela Sandviken."
    assert publication.significance == "wording"


def test_publication_can_wait_for_a_time(as_approver, waiting):
    moment = timezone.localtime() + timedelta(days=2)

    as_approver.post(
        screen(waiting),
        decision(waiting, go_live_at=moment.strftime("%Y-%m-%dT%H:%M")),
    )

    assert "hela" not in record.head_of(waiting).publication.document["ingress"]
    assert fresh(waiting).scheduled_revision


def test_time_that_has_passed_is_refused(as_approver, waiting):
    response = as_approver.post(
        screen(waiting), decision(waiting, go_live_at="2018-02-02T16:00", comment="Ja")
    )

    assert response.status_code == 422
    assert "go_live_at" in response.context["form"].errors
    assert response.context["form"]["comment"].value() == "Ja"


def test_sending_back_needs_a_reason(as_approver, waiting):
    refused = as_approver.post(
        screen(waiting), decision(waiting, decision="send_back", significance="")
    )
    assert refused.status_code == 422

    as_approver.post(
        screen(waiting),
        decision(waiting, decision="send_back", comment="Skriv enklare."),
    )
    assert rules.decisions_about(waiting).first().comment == "Skriv enklare."
    assert rules.review_in_progress(fresh(waiting)) is None


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"decision": "approve"}, "är godkänd och publicerad"),
        ({"decision": "send_back", "comment": "Skriv enklare."}, "skickades tillbaka"),
        ({"go_live_at": "2099-01-01T08:00"}, "publiceras den 1 januari 2099"),
    ],
)
def test_reviewer_is_told_what_was_decided(as_approver, waiting, facts, said):
    response = as_approver.post(
        screen(waiting), decision(waiting, **facts), follow=True
    )

    (message,) = response.context["messages"]
    assert said in str(message)


def test_older_version_is_not_approved_and_the_difference_shown(as_approver, waiting):
    read = decision(waiting, comment="Fint!")
    actions.take_back(waiting, by=person("editor"))
    submit(waiting, ingress="Något helt annat nu.")

    response = as_approver.post(screen(waiting), read)

    assert response.status_code == 409
    since = content_of(response).find(id="since-heading").parent
    assert "annat" in since.find("ins").get_text()
    form = response.context["form"]
    assert form["comment"].value() == "Fint!"
    assert str(form["revision"].value()) == str(fresh(waiting).latest_revision_id)
    assert rules.review_in_progress(fresh(waiting))


def test_decision_that_comes_too_late_keeps_the_comment(as_approver, waiting):
    read = decision(waiting, comment="Fint!")
    actions.take_back(waiting, by=person("editor"))

    response = as_approver.post(screen(waiting), read)

    assert response.status_code == 409
    assert "Fint!" in content_of(response).get_text()


def test_own_work_is_refused_in_the_screen(client, waiting):
    admin = person("admin")
    actions.take_back(waiting, by=person("editor"))
    submit(waiting, by=admin, ingress="Skrivet av admin.")
    client.force_login(admin)
    waiting = fresh(waiting)

    shown = client.get(screen(waiting))
    assert shown.context["form"] is None

    assert client.post(screen(waiting), decision(waiting)).status_code == 403
    assert rules.review_in_progress(fresh(waiting))


def test_submitter_can_take_the_text_back(client, waiting):
    client.force_login(person("editor"))
    address = content_of(client.get(screen(waiting))).find("form")["action"]

    client.post(address)

    assert rules.review_in_progress(fresh(waiting)) is None


@pytest.mark.parametrize("username", ["translator_fi", "reviewer_fi"])
def test_people_of_other_languages_do_not_read_it(client, waiting, username):
    client.force_login(person(username))
    revision = [*screen_args(waiting), waiting.latest_revision_id]

    assert client.get(screen(waiting)).status_code == 403
    assert client.post(screen(waiting), decision(waiting)).status_code == 403
    assert client.get(reverse("review:preview", args=revision)).status_code == 403


def screen_args(obj):
    return [ContentType.objects.get_for_model(type(obj)).pk, obj.pk]


def test_revision_of_another_page_is_not_shown(as_approver, waiting, site):
    other = edit(site.index, title="Annat")

    address = reverse("review:preview", args=[*screen_args(waiting), other.pk])

    assert as_approver.get(address).status_code == 404


def test_contact_block_is_reviewed_on_the_same_screen(as_approver, site):
    submit(site.contact, explanation="hjälper dig att hitta rätt")
    block = fresh(site.contact)

    response = as_approver.get(
        f"/admin/snippets/core/contactblock/edit/{block.pk}/", follow=True
    )

    assert response.redirect_chain[-1][0] == screen(block)
    assert content_of(response).find("ins")
    as_approver.post(screen(block), decision(block))
    assert record.head_of(block).publication.document["explanation"].endswith("rätt")


# --- translations ---


@pytest.fixture
def translated(site):
    """A Finnish translation that waits for its reviewer."""
    return translations.translate(site.live_article(), "fi", approve=False)


@pytest.fixture
def as_reviewer(client):
    client.force_login(person("reviewer_fi"))
    return client


def desk_of(target):
    translation = translations.translation_of(target)
    return reverse("desk:translation", args=[translation.pk])


def test_reviewer_reads_both_languages_and_nothing_can_be_typed(
    as_reviewer, translated
):
    main = content_of(as_reviewer.get(desk_of(translated)))

    assert {box["name"] for box in main("textarea")} == {"comment"}
    assert main.find(lang="fi", string=lambda s: s and s.startswith("fi: "))
    assert main.find(lang="sv", class_="desk-text")


def test_reviewer_approves_what_was_read(as_reviewer, translated):
    response = as_reviewer.post(desk_of(translated), decision(translated))

    assert response["Location"] == reverse("review:list")
    assert record.head_of(fresh(translated)).publication.review == "approved"


def test_new_version_is_compared_with_the_public_one(as_reviewer, site):
    article = site.live_article()
    translations.translate(article, "fi")
    publish(article, ingress="Nytt i Sandviken.")
    target = translations.translate(article, "fi", approve=False)

    main = content_of(as_reviewer.get(desk_of(target)))

    assert "Nytt" in main.find("ins").get_text()


def test_reviewer_is_told_that_swedish_has_moved_on(as_reviewer, site):
    article = site.live_article()
    target = translations.translate(article, "fi", approve=False)
    publish(article, ingress="Nytt i Sandviken.")

    main = content_of(as_reviewer.get(desk_of(target)))

    since = main.find(id="swedish-heading").parent
    assert "Nytt" in since.find("ins").get_text()
    read = [each.get_text() for each in main.select(".desk-target [lang=fi]")]
    assert any(text.startswith("fi: ") for text in read)


def test_machine_text_needs_a_deliberate_choice(client, site):
    article = site.live_article()
    translation = translations.start(article, "ar")
    segments = translations.workbench.open_workbench(translation).segments
    phrases = {s.source: f"ar: {s.source}" for s in segments}
    translations.actions.pretranslate(
        translation, PhrasebookProvider("prov", phrases), by=person("translator_ar")
    )
    translations.actions.submit_translation(translation, by=person("translator_ar"))
    target = fresh(translations.localize.target_of(translation))
    client.force_login(person("reviewer_ar"))

    assert client.post(desk_of(target), decision(target)).status_code == 422
    client.post(desk_of(target), decision(target, examined="unreviewed"))

    publication = record.head_of(fresh(target)).publication
    assert (publication.origin, publication.review) == ("machine", "none")


def test_translator_waits_without_a_decision_form(client, translated):
    client.force_login(person("translator_fi"))

    response = client.get(desk_of(translated))

    assert response.context["form"] is None
    assert client.post(desk_of(translated), decision(translated)).status_code == 403


def test_decision_on_a_translation_that_is_over_keeps_the_comment(
    as_reviewer, translated
):
    read = decision(translated, decision="send_back", comment="Korjaa otsikko.")
    actions.take_back(translated, by=person("translator_fi"))

    response = as_reviewer.post(desk_of(translated), read)

    assert response.status_code == 409
    assert "Korjaa otsikko." in content_of(response).get_text()


# --- the list ---


def test_list_holds_what_waits_for_this_person(as_approver, waiting, translated):
    lines = content_of(as_approver.get(reverse("review:list")))

    assert waiting.title in lines.get_text()
    assert translated.title not in lines.find(id="mine-heading").parent.get_text()


def test_list_leads_reviewers_to_the_desk(as_reviewer, translated):
    lines = content_of(as_reviewer.get(reverse("review:list")))

    address = lines.select_one("table a")["href"]
    assert as_reviewer.get(address)["Location"] == desk_of(translated)


def test_writer_sees_what_waits_for_others(client, waiting):
    client.force_login(person("editor"))

    lines = content_of(client.get(reverse("review:list")))

    others = lines.find(id="others-heading").parent
    assert others.find("a")["href"] == screen(waiting)


def test_long_list_takes_as_many_queries_as_a_short_one(as_approver, site):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            as_approver.get(reverse("review:list"))
        return len(captured)

    for _number in range(3):
        submit(site.article())
    queries()
    short = queries()
    for _number in range(6):
        submit(site.article())

    assert queries() == short
