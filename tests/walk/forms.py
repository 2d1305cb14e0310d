"""Forms as a browser sends them: what stands in them, with what somebody typed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from django.test import Client


def sent(client: Client, address: str, *, button: str = "", **typed: Any) -> Any:
    """Open a page, fill its form in and send it; ``button`` names the one that is used.

    ``typed`` is by the names of the boxes. A text box that must not be empty gets a
    word. Whoever may not open the page gets the refusal as the answer.
    """
    opened = client.get(address, follow=True)
    if opened.status_code != 200:
        return opened
    form = form_of(opened.content, button)
    if form is None:
        return opened
    at = opened.wsgi_request.get_full_path()
    return client.post(urljoin(at, str(form.get("action") or at)), filled(form, typed))


def form_of(page: bytes, button: str = "") -> Tag | None:
    """Return the form in the main part of a page which has the button, or the first."""
    main = BeautifulSoup(page, "html.parser").find("main")
    forms = main.find_all("form", method=_is_post) if main else []
    for form in forms:
        if not button or form.select_one(f"[name='{button}']"):
            return form
    return None


def filled(form: Tag, typed: dict[str, Any]) -> dict[str, Any]:
    """Return what is sent: boxes as they stand, and what somebody typed."""
    data: dict[str, Any] = {}
    for box in form.find_all("input"):
        kind = box.get("type", "text")
        if kind in {"submit", "button", "file", "image"} or not box.get("name"):
            continue
        if kind in {"checkbox", "radio"} and not box.has_attr("checked"):
            continue
        otherwise = "on" if kind == "checkbox" else ""
        data[str(box["name"])] = str(box.get("value", otherwise))
    for box in form.find_all("textarea"):
        text = box.get_text()
        data[str(box["name"])] = text or ("Skäl" if box.has_attr("required") else "")
    for box in form.find_all("select"):
        chosen = box.find("option", selected=True) or box.find("option")
        if chosen is not None:
            data[str(box["name"])] = str(chosen.get("value", chosen.get_text()))
    return data | typed


def _is_post(method: str | None) -> bool:
    return (method or "").lower() == "post"
