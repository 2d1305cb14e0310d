"""Staff who do something at random, through the forms, and what they were shown.

Every word that is typed is one of its kind, so a reader who meets it shows where it came
from. What an approver's screen showed when it was opened is what may become public.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield
from wagtail_localize.models import Translation

from cms.core.models import ContactBlock, MediaFile
from cms.reading.models import Language
from tests.factories.pages import fresh
from tests.factories.people import person
from tests.factories.site import Municipality
from tests.walk.forms import sent

APPROVERS = ("approver", "approver2")
EVERYBODY = ("editor", "approver", "translator_fi", "reviewer_ar")
#: There was nobody to do it, or nothing to do it with.
NOTHING = "nothing"
#: A file in a page: that of readers, or that of a preview.
FILE = re.compile(r'href="((?:/media|/admin|/forhandsvisning)/[^"]*\.vtt[^"]*)"')
WORD = re.compile(r"ord\d+(?:sv|fi|ar)x")
_NO_COMMENTS = {
    f"comments-{name}": value
    for name, value in (
        ("TOTAL_FORMS", "0"), ("INITIAL_FORMS", "0"),
        ("MIN_NUM_FORMS", "0"), ("MAX_NUM_FORMS", ""),
    )
}  # fmt: skip


def bytes_of(answer: Any) -> str:
    """The bytes of a file that was answered, as text; nothing if it was refused."""
    if answer.status_code != 200:
        return ""
    content = b"".join(answer) if answer.streaming else answer.content
    return content.decode(errors="replace")


def _paragraph(word: str, file: MediaFile | None) -> str:
    """A paragraph as the editor sends it, perhaps with a link to a file."""
    text, links, found = word, [], {}
    if file is not None:
        text = f"{word} fil"
        links = [{"key": 0, "offset": len(word) + 1, "length": 3}]
        data = {"id": file.pk, "url": "", "filename": "text.vtt"}
        found = {"0": {"type": "DOCUMENT", "mutability": "MUTABLE", "data": data}}
    block = {
        "key": "aaaaa", "text": text, "type": "unstyled", "depth": 0,
        "inlineStyleRanges": [], "entityRanges": links, "data": {},
    }  # fmt: skip
    return json.dumps({"blocks": [block], "entityMap": found})


def words_in(text: str, tag: str = "") -> set[str]:
    found = set(WORD.findall(text))
    return {word for word in found if word.endswith(f"{tag}x")} if tag else found


@dataclass
class Screen:
    """A reviewer's screen that somebody has open, and the words on it."""

    role: str
    address: str
    key: str
    tag: str
    words: set[str]
    form: dict[str, str]


@dataclass
class Staff:
    """Everybody at work. ``approved`` are the words that readers may meet."""

    site: Municipality
    archive: Page
    choose: random.Random
    approved: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    screens: list[Screen] = field(default_factory=list)
    history: list[str] = field(default_factory=list)
    _number: int = 0
    _clients: dict[str, Client] = field(default_factory=dict)

    def act(self) -> str:
        """Do something; return what it was and how it was answered."""
        names, weights = zip(
            *((name, weight) for name, (weight, _act) in self._acts.items()),
            strict=True,
        )
        answer = NOTHING
        while answer == NOTHING:
            what = self.choose.choices(names, weights=weights)[0]
            answer = self._acts[what][1]()
        self.history.append(f"{what}: {answer}")
        return self.history[-1]

    @cached_property
    def _acts(self) -> dict[str, tuple[int, Callable[[], str]]]:
        return {
            "write": (2, self.write),
            "edit": (8, self.edit),
            "bring in a file": (2, self.bring_in),
            "replace a file": (2, self.replace_file),
            "delete a file": (1, self.delete_file),
            "edit contact": (2, self.edit_contact),
            "open review": (4, self.open_review),
            "decide": (6, self.decide),
            "review": (10, self.review),
            "translate": (4, self.translate),
            "write translation": (6, self.write_translation),
            "withdraw": (1, self.withdraw),
            "delete": (1, self.delete),
            "move": (2, self.move),
            "clock": (1, self.clock),
            "offer a language": (1, self.offer_a_language),
        }

    def word(self, tag: str = "sv") -> str:
        self._number += 1
        return f"ord{self._number}{tag}x"

    def client(self, role: str) -> Client:
        if role not in self._clients:
            self._clients[role] = Client(raise_request_exception=True)
            self._clients[role].force_login(person(role))
        return self._clients[role]

    def whoever(self, *right: str) -> str:
        """Mostly somebody who may; sometimes somebody who may not."""
        is_right = self.choose.random() < 0.85
        return self.choose.choice(right if is_right else EVERYBODY)

    # --- what there is ---

    def page(self) -> Page | None:
        """One of the articles, and sometimes the list above them."""
        found = [*self.site.index.get_children(), *self.archive.get_children()]
        pages = [self.site.index, *found * 4]
        page = fresh(self.choose.choice(pages))
        return page if page.locale.language_code == "sv" else None

    def translation(self) -> Translation | None:
        found = list(Translation.objects.filter(enabled=True).order_by("pk"))
        return self.choose.choice(found) if found else None

    # --- Swedish ---

    def write(self) -> str:
        role = self.whoever("editor")
        address = f"/admin/pages/add/articles/articlepage/{self.site.index.pk}/"
        form = self._article(slug=f"sida-{self.word()}")
        return f"{role} {self.client(role).post(address, form).status_code}"

    def edit(self) -> str:
        """Write a page anew, and often send it to review."""
        page, role = self.page(), self.whoever("editor", "editor2")
        if page is None:
            return NOTHING
        slug = page.slug
        if self.choose.random() < 0.3 and page.pk != self.site.index.pk:
            slug = f"sida-{self.word()}"
        form = self._article(slug=slug) | self._button()
        answer = self.client(role).post(f"/admin/pages/{page.pk}/edit/", form)
        return f"{page.pk} {role} {list(form)[-1]} {answer.status_code}"

    def _button(self) -> dict[str, str]:
        return {"action-submit": "1"} if self.choose.random() < 0.7 else {}

    def edit_contact(self) -> str:
        role = self.whoever("editor")
        empty = streamfield([])
        form = nested_form_data(
            {
                "name": "Medborgarservice",
                "explanation": self.word(),
                "email": f"{self.word()}@example.org",
                "phones": empty,
                "opening_hours": empty,
                "exceptions": empty,
            }
        )
        form |= self._button()
        pk = self.site.contact.pk
        address = f"/admin/snippets/core/contactblock/edit/{pk}/"
        return f"{role} {self.client(role).post(address, form).status_code}"

    def _article(self, *, slug: str) -> dict[str, str]:
        """What the editor of an article, or of a list of them, sends."""
        rich = _paragraph(self.word(), self.file())
        body = [("heading", {"level": "2", "text": self.word()}), ("paragraph", rich)]
        return nested_form_data(
            {
                "title": self.word(),
                "slug": slug,
                "ingress": self.word(),
                "seo_title": self.word(),
                "search_description": self.word(),
                "news_date": "2018-02-02",
                "body": streamfield(body),
                "translation_priority": "on_demand",
                "mt_policy": "draft_only",
                "sensitivity": "normal",
                "retention_class": "preserve",
                **_NO_COMMENTS,
            }
        )

    # --- files ---

    def file(self) -> MediaFile | None:
        found = list(MediaFile.objects.order_by("pk"))
        return self.choose.choice(found) if found else None

    def bring_in(self) -> str:
        return self._with_bytes(self.whoever("editor"), "/admin/documents/add/")

    def replace_file(self) -> str:
        file, role = self.file(), self.whoever("editor")
        if file is None:
            return NOTHING
        return self._with_bytes(role, f"/admin/documents/edit/{file.pk}/")

    def _with_bytes(self, role: str, address: str) -> str:
        """Send the form of a file with other bytes, which have a word of their own."""
        cue = f"WEBVTT\n\n00:00.000 --> 00:01.000\n{self.word()}\n"
        file = SimpleUploadedFile("text.vtt", cue.encode(), "text/vtt")
        title = self.word()
        answer = sent(self.client(role), address, file=file, title=title)
        return f"{address} {role} {answer.status_code}"

    def delete_file(self) -> str:
        file, role = self.file(), self.whoever("editor")
        if file is None:
            return NOTHING
        answer = sent(self.client(role), f"/admin/documents/delete/{file.pk}/")
        return f"{file.pk} {role} {answer.status_code}"

    # --- review ---

    def open_review(self) -> str:
        """Somebody opens what waits, and may decide about it much later."""
        waiting = [(obj, tag) for obj, tag in self._waiting()]
        if not waiting:
            return NOTHING
        obj, tag = self.choose.choice(waiting)
        role = self.whoever(*(APPROVERS if tag == "sv" else [f"reviewer_{tag}"]))
        kind = ContentType.objects.get_for_model(type(obj)).pk
        client = self.client(role)
        answer = client.get(f"/admin/review/{kind}/{obj.pk}/", follow=True)
        if answer.status_code != 200 or "form" not in (answer.context or {}):
            return f"{role} {answer.status_code}"
        form = answer.context["form"]
        if form is None:
            return f"{role} may not"
        self.screens.append(
            Screen(
                role=role,
                address=answer.wsgi_request.path,
                key=str(obj.translation_key),
                tag=tag,
                words=self._read(client, answer, tag),
                form={
                    name: str(form[name].value() or "")
                    for name in form.fields
                },
            )
        )  # fmt: skip
        return f"{obj.pk} {tag} {role}"

    def _read(self, client: Client, answer: Any, tag: str) -> set[str]:
        """Return the words of a reviewer's screen, and of the files in its preview."""
        words = words_in(answer.content.decode(), tag)
        preview = answer.context.get("preview_url")
        page = client.get(preview).content.decode() if preview else ""
        for address in FILE.findall(page):
            words |= words_in(bytes_of(client.get(address)))
        return words

    def _waiting(self) -> list[tuple[Any, str]]:
        pages = Page.objects.order_by("pk").specific()
        blocks = ContactBlock.objects.order_by("pk")
        return [
            (obj, obj.locale.language_code)
            for obj in [*pages, *blocks]
            if obj.current_workflow_task_state
        ]

    def review(self) -> str:
        """Somebody opens what waits and decides at once."""
        known = len(self.screens)
        opened = self.open_review()
        return (
            self._decided(self.screens.pop()) if len(self.screens) > known else opened
        )

    def decide(self) -> str:
        if not self.screens:
            return NOTHING
        return self._decided(self.screens.pop(self.choose.randrange(len(self.screens))))

    def _decided(self, screen: Screen) -> str:
        approves = self.choose.random() < 0.85
        form = screen.form | {
            "decision": "approve" if approves else "send_back",
            "comment": "Ser bra ut",
        }
        answer = self.client(screen.role).post(screen.address, form)
        if answer.status_code == 302 and approves:
            self.approved[screen.key, screen.tag] = screen.words
        return f"{screen.address} {screen.role} {approves} {answer.status_code}"

    # --- translation ---

    def translate(self) -> str:
        page, tag = self.page(), self.choose.choice(["fi", "ar"])
        if page is None:
            return NOTHING
        role = self.whoever(f"translator_{tag}")
        asked = {"language": tag, "key": str(page.translation_key)}
        answer = self.client(role).post("/admin/desk/start/", asked)
        return f"{page.pk} {tag} {role} {answer.status_code}"

    def write_translation(self) -> str:
        """Write every text anew, and often send them to review."""
        translation = self.translation()
        if translation is None:
            return NOTHING
        tag = translation.target_locale.language_code
        role = self.whoever(f"translator_{tag}")
        address = f"/admin/desk/{translation.pk}/"
        client = self.client(role)
        opened = client.get(address)
        if opened.status_code != 200 or "desk" not in (opened.context or {}):
            return f"{tag} {role} {opened.status_code}"
        lines = opened.context["desk"].lines
        typed = {
            f"text-{line.segment.id}": self._translated(line.segment, tag)
            for line in lines
            if line.segment.required
        }
        button = "submit" if self.choose.random() < 0.7 else "save"
        answer = sent(client, address, **typed, **{button: "1"})
        issues = (answer.context or {}).get("issues") or []
        why = [str(issue.message) for issue, _line in issues]
        return f"{tag} {role} {button} {answer.status_code} {why or ''}"

    def _translated(self, segment: Any, tag: str) -> str:
        """Another word for each; marks and addresses stay as they are."""
        return WORD.sub(lambda _found: self.word(tag), segment.source)

    # --- away, and elsewhere ---

    def withdraw(self) -> str:
        return self._taken_away("unpublish")

    def delete(self) -> str:
        return self._taken_away("delete")

    def _taken_away(self, verb: str) -> str:
        page, role = self.page(), self.whoever("approver")
        if page is None or page.pk == self.site.index.pk:
            return NOTHING
        answer = sent(self.client(role), f"/admin/pages/{page.pk}/{verb}/")
        left = Page.objects.filter(pk=page.pk).first()
        if left is None or not left.live:
            for place in [
                at for at in self.approved if at[0] == str(page.translation_key)
            ]:
                del self.approved[place]
        return f"{page.pk} {role} {answer.status_code}"

    def move(self) -> str:
        page, role = self.page(), self.whoever("approver")
        if page is None or page.pk == self.site.index.pk:
            return NOTHING
        parent = page.get_parent()
        target = self.archive if parent.pk == self.site.index.pk else self.site.index
        address = f"/admin/pages/{page.pk}/move/{target.pk}/confirm/"
        answer = sent(self.client(role), address)
        return f"{page.pk} {role} {answer.status_code}"

    def clock(self) -> str:
        call_command("publish_scheduled", verbosity=0)
        return "ran"

    def offer_a_language(self) -> str:
        """An administrator takes a language away from readers, or gives it back."""
        language = Language.objects.get(tag="so")
        language.visible = not language.visible
        language.save()
        return f"so {language.visible}"
