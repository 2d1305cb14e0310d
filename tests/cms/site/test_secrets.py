"""Nothing that is not public reaches a reader, by any address (T16, T17).

Every secret carries a marker; then everything public is read, and searched for it.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Comment, PageViewRestriction

from cms.core.models import ContentImage, MediaFile
from cms.gate import actions
from cms.log.models import Head
from cms.site import feeds
from tests.factories.files import make_file, make_image
from tests.factories.pages import (
    approve,
    edit,
    fresh,
    make_contact,
    make_standard,
    publish,
    schedule,
    submit,
)
from tests.factories.people import person
from tests.factories.translations import fill, start, translate

TAGS = ("sv", "fi", "ar", "so")
MARK = "HEMLIG"


def secret(number):
    """A text and an address that nobody outside may meet."""
    return {
        "title": f"{MARK}-{number}",
        "slug": f"{MARK.lower()}-{number}",
        "ingress": f"{MARK}-{number}",
        "body": [("paragraph", f"<p>{MARK}-{number}</p>")],
    }


@pytest.fixture
def town_with_secrets(site):
    """A small site with secrets in every place that the desk has for them."""
    home, index = site.home, site.index
    open_page = site.live_article(slug="oppen", contact_block=site.contact)
    edit(open_page, title=f"{MARK}-1", ingress=f"{MARK}-1", show_in_menus=True)
    edit(index, title=f"{MARK}-2")
    edit(home, title=f"{MARK}-3", body=secret(3)["body"])
    edit(site.contact, name=f"{MARK}-4", email="hemlig-4@example.org")
    site.article(**secret(5), show_in_menus=True)
    make_standard(home, **secret(6), show_in_menus=True)
    submit(site.article(**secret(7)))
    submit(site.live_article(slug="granskas"), **{**secret(8), "slug": "granskas"})
    later = timezone.now() + timedelta(days=1)
    schedule(site.article(**secret(9)), at=later)
    schedule(site.live_article(slug="sedan"), at=later, title=f"{MARK}-10")
    private = publish(make_standard(home, **secret(11), show_in_menus=True))
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    actions.withdraw(site.live_article(**secret(12)), by=person("approver"))
    sent_back = submit(site.article(**secret(13)))
    _send_back(sent_back)
    make_contact(name=f"{MARK}-14", explanation=f"{MARK}-14")
    _translations(open_page)
    _around(open_page)
    return open_page


def _send_back(revision):
    page = fresh(revision.content_object)
    actions.send_back(
        page,
        by=person("approver"),
        revision_id=revision.pk,
        comment=f"{MARK}-15",
    )


def _translations(open_page):
    """A draft, one in review, and a new draft of one that is public."""
    words = lambda source: f"{MARK} {source}"  # noqa: E731
    fill(start(open_page, "fi"), words)
    in_review = translate(open_page, "ar", words, approve=False)
    assert not in_review.live
    edit(translate(open_page, "so"), by=person("translator_so"), title=f"{MARK}-17")


def _around(open_page):
    """What stands beside the text: names, comments, files that nobody uses."""
    admin = person("admin")
    admin.first_name = admin.last_name = f"{MARK}-18"
    admin.email = f"{MARK}-18@example.org"
    admin.save()
    Comment.objects.create(
        page=open_page, user=admin, text=f"{MARK}-19", contentpath="title"
    )
    make_image(f"{MARK}-20")
    make_file(f"{MARK}-21.pdf", title=f"{MARK}-21")
    assert ContentImage.objects.exists()
    assert MediaFile.objects.exists()


def addresses():
    """Every address that anybody could think of."""
    pages = list(Head.objects.values_list("path", "key", "locale"))
    paths = {path for path, _key, _locale in pages if path}
    paths |= {f"/nyheter/hemlig-{n}/" for n in range(1, 22)}
    paths |= {f"/hemlig-{n}/" for n in range(1, 22)}
    swedish = [path for path in paths if path.split("/")[1] not in TAGS]
    paths |= {f"/{tag}{path}" for tag in TAGS for path in swedish}
    yield from paths
    yield from (f"/{tag}/finns-inte/" for tag in TAGS)
    yield from ("/robots.txt", "/livez", "/nyheter/?page=2", "/x?y=%00")
    yield from ("/api/v1/languages", "/api/v1/openapi.json", "/api/v1/docs", "/api/x")
    yield "/sitemap.xml"
    for tag in TAGS:
        yield f"/sitemap-{tag}-1.xml"
        yield from (f"/feeds/{tag}/{kind}.atom" for kind in feeds.kinds())
        yield f"/api/v1/site?lang={tag}"
        yield f"/api/v1/pages?lang={tag}&limit=100"
        yield from (f"/api/v1/pages/{key}?lang={tag}" for _path, key, _locale in pages)
    for path in paths:
        yield f"/api/v1/resolve?path={path}"
        yield f"/api/v1/translate?url={path}"


def test_no_secret_is_public(town_with_secrets, client):
    answered, leaks = 0, []
    for address in addresses():
        response = client.get(address)
        answered += response.status_code == 200
        # The address itself may be repeated; it came from whoever asked.
        text = f"{response.content.decode()} {dict(response.headers)}"
        if MARK in text or "hemlig-4@" in text:
            leaks.append(address)

    assert leaks == []
    assert answered > 100


def test_the_desk_does_hold_the_secrets(town_with_secrets, client):
    """Or the test above would find nothing because there is nothing."""
    client.force_login(person("admin"))
    listing = client.get(f"/admin/pages/{town_with_secrets.get_parent().pk}/")

    assert MARK in listing.content.decode()


def test_who_wrote_and_who_approved_stays_inside(site, client):
    """The public gets the role and the date."""
    writer, reader = person("editor"), person("approver")
    page = publish(site.article(slug="namn"), by=writer, approver=reader)
    translate(page, "fi")

    for address in (
        "/nyheter/namn/",
        "/fi/nyheter/namn/",
        f"/api/v1/pages/{page.translation_key}?lang=fi",
    ):
        text = client.get(address).content.decode()
        for user in (writer, reader, person("reviewer_fi")):
            assert f'"{user.username}"' not in text
            assert user.email not in text


def test_approved_text_is_what_readers_get_not_what_came_after(site, client):
    page = site.live_article(slug="text")
    submit(page, ingress="Granskad.")
    approve(page)
    edit(page, ingress="HEMLIG")

    assert "Granskad." in client.get("/nyheter/text/").content.decode()
    assert MARK not in client.get("/nyheter/text/").content.decode()
