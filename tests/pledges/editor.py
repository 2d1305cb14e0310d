"""An editor at Wagtail's own forms: what a form shows is what is sent back."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse


class Editor:
    """Somebody logged in who opens forms, types, saves and submits."""

    def __init__(self, client: Client, user: Any) -> None:
        self.client = client
        client.force_login(user)

    def add(self, parent: Any, model: str, app: str = "pledges") -> Form:
        address = reverse("wagtailadmin_pages:add", args=[app, model, parent.pk])
        return self.open(address)

    def edit(self, page: Any) -> Form:
        return self.open(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    def open(self, address: str) -> Form:
        response = self.client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        return Form(self.client, address, response)


class Form:
    """One form as it was last shown. ``fields`` is what would be sent."""

    def __init__(self, client: Client, address: str, response: Any) -> None:
        self.client = client
        self.address = address
        self._read(response)

    def _read(self, response: Any) -> None:
        self.response = response
        self.soup = BeautifulSoup(response.content, "html.parser")
        for template in self.soup.find_all("template"):
            template.decompose()
        form = self.soup.find("form", attrs={"data-edit-form": True})
        self.fields = sent_by(form) if form else {}

    def fill(self, **values: Any) -> Form:
        """Type into fields; ``lines__0__text`` is the field ``lines-0-text``."""
        for name, value in values.items():
            self.fields[name.replace("__", "-")] = value
        return self

    def add_row(self, formset: str, **values: Any) -> Form:
        number = int(self.fields[f"{formset}-TOTAL_FORMS"])
        self.fields[f"{formset}-TOTAL_FORMS"] = str(number + 1)
        row = {"id": "", "ORDER": str(number + 1), "DELETE": "", **values}
        for name, value in row.items():
            self.fields[f"{formset}-{number}-{name}"] = value
        return self

    def save(self, **extra: Any) -> Form:
        """Save the draft and look at what is shown then."""
        response = self.client.post(self.address, {**self.fields, **extra}, follow=True)
        if response.redirect_chain:
            self.address = response.redirect_chain[-1][0]
        self._read(response)
        return self

    def submit(self) -> Form:
        return self.save(**{"action-submit": "1"})

    @property
    def messages(self) -> str:
        found = self.soup.select(".messages, [data-w-messages-target]")
        return " ".join(each.get_text(" ", strip=True) for each in found)

    @property
    def errors(self) -> dict[str, str]:
        """What is said of each field, by the name of the field."""
        found = {}
        form = self.response.context["form"]
        rows = [row for each in form.formsets.values() for row in each.forms]
        for one in (form, *rows):
            for name, said in one.errors.items():
                found[one.add_prefix(name)] = " ".join(said)
        for name, formset in form.formsets.items():
            if formset.non_form_errors():
                found[name] = " ".join(formset.non_form_errors())
        return found

    def text_of(self, selector: str) -> str:
        return " ".join(
            each.get_text(" ", strip=True) for each in self.soup.select(selector)
        )


def sent_by(form: Any) -> dict[str, Any]:
    """Return what a browser would send of a form with an empty body, without buttons.

    The blocks of a body are made by a script, so a page with any cannot be read so.
    """
    sent: dict[str, Any] = {"body-count": "0"}
    for field in form.find_all(["input", "textarea", "select"]):
        name, kind = field.get("name"), field.get("type", "")
        if not name or kind in {"submit", "button", "file"}:
            continue
        if kind in {"checkbox", "radio"}:
            if field.has_attr("checked"):
                sent.setdefault(name, []).append(field.get("value", "on"))
        elif field.name == "select":
            chosen = [each["value"] for each in field.select("option[selected]")]
            sent[name] = chosen if field.has_attr("multiple") else (chosen or [""])[0]
        elif field.name == "textarea":
            sent[name] = field.get_text().removeprefix("\n")
        else:
            sent[name] = field.get("value", "")
    return sent
