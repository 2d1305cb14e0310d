"""A translation beside its Swedish: what is shown then and now, and what was kept."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from cms.desk import actions
from cms.desk.pairs import Pairs, Version
from cms.engine import localize
from cms.engine.models import Submission
from cms.gate import actions as gate
from cms.gate import rules
from cms.gate.errors import NotFit
from cms.kinds.kinds import PageKind
from tests.factories import translations
from tests.factories.pages import fresh, publish
from tests.factories.pages import submit as submit_page
from tests.factories.people import person


@pytest.fixture
def article(site):
    return site.live_article(ingress="Lamporna byts.")


@pytest.fixture
def outdated(article):
    """Finnish is public; the lead has another meaning in Swedish since."""
    translations.translate(article, "fi")
    publish(article, ingress="Lamporna släcks.")
    return translations.start(article, "fi")


@pytest.fixture
def as_translator(client):
    client.force_login(person("translator_fi"))
    return client


def keep(translation):
    """Put the old translation into every place that Swedish has opened again."""
    for segment in translations.workbench.open_workbench(translation).segments:
        if segment.earlier and segment.required:
            actions.save_segment(
                translation, segment.id, segment.earlier.target,
                base_version=segment.version, by=person("translator_fi"),
            )  # fmt: skip


def submit(translation, reason=""):
    return actions.submit_translation(
        translation, by=person("translator_fi"), override_reason=reason
    )


def page_of(response):
    return BeautifulSoup(response.content, "html.parser").find("main")


def desk_of(translation):
    return reverse("desk:translation", args=[translation.pk])


def body(*paragraphs):
    html = "".join(f"<p>{text}</p>" for text in paragraphs)
    return {"title": "T", "body": [{"type": "paragraph", "id": "a", "html": html}]}


def kept(*, swedish, finnish):
    """Whether something is kept, of texts before and now."""
    then, now = (Version(*each) for each in zip(swedish, finnish, strict=True))
    return bool(Pairs(PageKind, now, public=then).kept)


# --- what counts as kept ---


def test_one_paragraph_of_two_may_be_kept(db):
    swedish = body("Ett.", "Två."), body("Ett!", "Tre.")

    assert kept(
        swedish=swedish, finnish=(body("Yksi.", "Kaksi."), body("Y!", "Kaksi."))
    )
    assert not kept(
        swedish=swedish, finnish=(body("Yksi.", "Kaksi."), body("Y!", "Kolme."))
    )


def test_paragraphs_that_change_places_are_not_kept(db):
    swedish = body("Ett.", "Två."), body("Två.", "Ett.")
    finnish = body("Yksi.", "Kaksi."), body("Kaksi.", "Yksi.")

    assert not kept(swedish=swedish, finnish=finnish)


def test_old_words_in_a_new_block_are_kept(db):
    swedish, finnish = (body("Ett."), body("Två.")), (body("Yksi."), body("Yksi."))
    for document in (swedish[1], finnish[1]):
        document["body"][0]["id"] = "b"

    assert kept(swedish=swedish, finnish=finnish)


def test_item_put_in_before_does_not_hide_a_kept_one(db):
    def listed(*items):
        block = {"type": "list", "id": "a", "style": "bullets", "items": list(items)}
        return {"title": "T", "body": [block]}

    assert kept(
        swedish=(listed("Ett", "Två"), listed("Noll", "Ett", "Tre")),
        finnish=(listed("Yksi", "Kaksi"), listed("Nolla", "Yksi", "Kaksi")),
    )


def test_without_a_version_to_compare_nothing_is_kept(db):
    now = Version(body("Ett."), body("Yksi."))

    assert Pairs(PageKind, now).kept == []
    assert Pairs(PageKind, now, public=Version({}, body("Yksi."))).kept == []


# --- submitting ---


def test_kept_text_is_not_submitted_without_a_reason(outdated):
    keep(outdated)

    with pytest.raises(NotFit) as refusal:
        submit(outdated)

    assert [issue.code for issue in refusal.value.issues] == [actions.UNCHANGED]
    assert rules.review_in_progress(localize.target_of(outdated)) is None
    assert Submission.objects.count() == 1


def test_reason_is_kept_with_what_it_is_about(outdated):
    keep(outdated)

    submit(outdated, "Suomeksi sama sana.")

    facts = Submission.objects.first()
    assert facts.override_reason == "Suomeksi sama sana."
    assert [each["path"] for each in facts.overridden_checks] == ["ingress"]


def test_reason_is_not_kept_when_there_was_nothing_to_answer_for(outdated):
    translations.fill(outdated)

    submit(outdated, "Turha.")

    assert Submission.objects.first().override_reason == ""


def test_kept_since_it_was_sent_back_counts_too(article):
    """Readers have nothing yet; the reviewer has read the old words."""
    target = translations.translate(article, "fi", approve=False)
    gate.send_back(
        target, by=person("reviewer_fi"),
        revision_id=target.latest_revision_id, comment="Otsikko.",
    )  # fmt: skip
    publish(article, ingress="Lamporna släcks.")
    translation = translations.start(article, "fi")
    keep(translation)

    with pytest.raises(NotFit):
        submit(translation)


# --- at the desk ---


def send(client, translation, **fields):
    """Send what the browser would, and what is typed."""
    soup = page_of(client.get(desk_of(translation)))
    form = soup.find(id="desk-form")
    boxes = {box["name"]: box.get_text() for box in form("textarea")}
    hidden = {each["name"]: each["value"] for each in form("input", type="hidden")}
    return client.post(desk_of(translation), {**boxes, **hidden, **fields})


def test_desk_asks_why_and_keeps_what_is_typed(as_translator, outdated):
    keep(outdated)

    refused = page_of(send(as_translator, outdated, submit="1"))
    assert refused.find(id="override_reason")
    (problem,) = refused.find(id="problems").find_all("li")
    ingress = refused.find("a", string=lambda s: s and "Ingress" in s)
    assert "Ingress" in problem.get_text()
    assert refused.find(id=ingress["href"][1:]).name == "textarea"

    saved = send(as_translator, outdated, save="1", override_reason="Sama sana.")
    assert page_of(saved).find(id="override_reason").get_text().strip() == "Sama sana."

    sent = send(as_translator, outdated, submit="1", override_reason="Sama sana.")
    assert sent.status_code == 302


def test_reason_survives_that_a_text_is_missing(as_translator, outdated):
    response = send(as_translator, outdated, submit="1", override_reason="Sama sana.")

    assert response.status_code == 422
    box = page_of(response).find(id="override_reason")
    assert box.get_text().strip() == "Sama sana."


def test_whoever_may_not_pass_checks_over_may_still_keep_a_text(
    as_translator, outdated
):
    translator = person("translator_fi")
    for group in translator.groups.all():
        group.permissions.filter(codename="override_checks").delete()
    keep(outdated)

    refused = page_of(send(as_translator, outdated, submit="1"))
    assert refused.find(id="override_reason")
    sent = send(as_translator, outdated, submit="1", override_reason="Sama sana.")
    assert sent.status_code == 302


def test_address_that_readers_have_is_said_when_its_swedish_changes(
    as_translator, article
):
    target = translations.translate(article, "fi", {"slug": "uudet-lamput"})
    publish(article, slug="ljus")
    translation = translations.translation_of(target)

    main = page_of(as_translator.get(desk_of(translation)))

    line = main.find(attrs={"data-optional": True})
    assert "uudet-lamput" in line.select_one(".desk-note bdi").get_text()
    assert line.select_one("[data-earlier]")["data-earlier"] == "uudet-lamput"


# --- before the reviewer ---


@pytest.fixture
def reviewed(client, outdated):
    """The screen of the reviewer, of a translation that kept a text."""
    keep(outdated)
    submit(outdated, "Suomeksi sama sana.")
    client.force_login(person("reviewer_fi"))
    return page_of(client.get(desk_of(outdated)))


def test_kept_text_stands_first_with_its_reason(reviewed):
    first = reviewed.find(class_="desk-segment")

    assert first.find_parent(id="kept")
    assert "Suomeksi sama sana." in reviewed.find(id="kept").get_text()
    swedish = first.select_one(".desk-source .desk-change")
    assert "byts" in str(swedish.find("del"))
    assert "släcks" in str(swedish.find("ins"))


def test_swedish_then_and_now_and_the_translation_then_and_now(client, outdated):
    translations.fill(outdated, {"ingress": "fi: Lamput sammutetaan."})
    submit(outdated)
    client.force_login(person("reviewer_fi"))

    main = page_of(client.get(desk_of(outdated)))

    assert main.find(id="kept") is None
    (segment,) = [s for s in main.select(".desk-segment") if s.find("ins")]
    assert "släcks" in str(segment.select_one(".desk-source ins"))
    assert "sammutetaan" in str(segment.select_one(".desk-target ins"))
    assert "byts" in str(segment.select_one(".desk-target del"))


def test_what_changed_since_it_was_sent_back_is_listed(client, article):
    target = translations.translate(article, "fi", approve=False)
    gate.send_back(
        target, by=person("reviewer_fi"),
        revision_id=target.latest_revision_id, comment="Johdanto on väärin.",
    )  # fmt: skip
    translation = translations.translation_of(target)
    segments = translations.workbench.open_workbench(translation).segments
    ingress = next(each for each in segments if each.path == "ingress")
    actions.save_segment(
        translation, ingress.id, "Lamput vaihdetaan.",
        base_version=ingress.version, by=person("translator_fi"),
    )  # fmt: skip
    submit(translation)
    client.force_login(person("reviewer_fi"))

    main = page_of(client.get(desk_of(translation)))

    since = main.find(id="sent-back-heading").parent
    assert "Johdanto on väärin." in since.get_text()
    (link,) = since.find_all("a")
    assert "vaihdetaan" in str(main.find(id=link["href"][1:]).find("ins"))


def test_swedish_reviewer_sees_what_changed_since_it_was_sent_back(client, site):
    article = site.live_article()
    submit_page(article, ingress="Fel ord.", title="Ny titel")
    gate.send_back(
        fresh(article), by=person("approver"),
        revision_id=fresh(article).latest_revision_id, comment="Byt ord.",
    )  # fmt: skip
    submit_page(article, ingress="Rätt ord.")
    client.force_login(person("approver"))

    kind = fresh(article).content_type_id
    main = page_of(client.get(reverse("review:text", args=[kind, article.pk])))

    since = main.find(id="sent-back-heading").parent
    assert "Rätt" in str(since.find("ins"))
    assert "Ny titel" not in since.get_text()


def test_order_of_a_translation_that_follows_is_said(client, site):
    blocks = [
        {"type": "paragraph", "id": f"{n}" * 8, "value": f"<p>{n}</p>"} for n in "12"
    ]
    article = site.live_article(body=blocks_of(blocks))
    translations.translate(article, "fi")
    publish(article, body=blocks_of(blocks[::-1]))
    translation = translations.start(article, "fi")
    submit(translation)
    client.force_login(person("reviewer_fi"))

    main = page_of(client.get(desk_of(translation)))

    assert "bytt plats" in main.get_text()


def blocks_of(raw):
    from articles.models import ArticlePage  # noqa: PLC0415

    return ArticlePage._meta.get_field("body").stream_block.to_python(raw)
