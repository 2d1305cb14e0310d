"""Who may open which door: role × door, as data.

A door is a request that somebody sends to the admin, with a button or with a forged
form. Whatever is not listed in ``opens`` is refused, and a refusal changes nothing.
Nothing here ever *publishes*: that is only the effect of an approval.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

ROLES = (
    "anonymous",
    "editor",
    "approver",
    "translator_fi",
    "translator_ar",
    "reviewer_fi",
    "admin",
)

#: What a door did. REFUSED: nothing at all. DRAFT: something that no reader sees.
#: ROW: Wagtail's copy of what is public has changed; the log, and so readers, have not.
REFUSED, DRAFT, ROW = "refused", "draft", "row"
WITHDRAWN, MOVED = "withdrawn", "moved"


@dataclass(frozen=True)
class Knock:
    """One request."""

    path: str
    data: Mapping[str, Any] = field(default_factory=dict)
    method: str = "post"


@dataclass(frozen=True)
class Door:
    """A request, made for the thing it is about, and what it does for whom."""

    name: str
    knock: Callable[[Any, Any], Knock]
    opens: Mapping[str, str] = field(default_factory=dict)


def everyone(outcome: str, *roles: str) -> dict[str, str]:
    return dict.fromkeys(roles, outcome)


def _pages(verb: str, **data: Any) -> Callable[[Any, Any], Knock]:
    return lambda scene, page: Knock(f"/admin/pages/{page.pk}/{verb}/", data)


def _bulk(action: str, **data: Any) -> Callable[[Any, Any], Knock]:
    def knock(scene: Any, page: Any) -> Knock:
        query = f"?id={page.pk}&next=/admin/"
        filled = {name: _of(scene, value) for name, value in data.items()}
        return Knock(f"/admin/bulk/wagtailcore/page/{action}/{query}", filled)

    return knock


def _api(action: str, **data: Any) -> Callable[[Any, Any], Knock]:
    def knock(scene: Any, page: Any) -> Knock:
        filled = {name: _of(scene, value) for name, value in data.items()}
        return Knock(f"/admin/api/main/pages/{page.pk}/action/{action}/", filled)

    return knock


def _of(scene: Any, value: Any) -> Any:
    return value(scene) if callable(value) else value


def _edit(*buttons: str, **changes: Any) -> Callable[[Any, Any], Knock]:
    def knock(scene: Any, page: Any) -> Knock:
        data = scene.edit_form(page, **changes) | dict.fromkeys(buttons, "1")
        return Knock(f"/admin/pages/{page.pk}/edit/", data)

    return knock


def _copy(**data: Any) -> Callable[[Any, Any], Knock]:
    def knock(scene: Any, page: Any) -> Knock:
        form = {
            "new_title": "Kopia",
            "new_slug": "kopia",
            "new_parent_page": page.get_parent().pk,
        }
        return Knock(f"/admin/pages/{page.pk}/copy/", form | data)

    return knock


def _block(verb: str, **data: Any) -> Callable[[Any, Any], Knock]:
    return lambda scene, block: Knock(
        f"/admin/snippets/core/{block._meta.model_name}/{verb}/{block.pk}/", data
    )


def _edit_block(*buttons: str) -> Callable[[Any, Any], Knock]:
    def knock(scene: Any, block: Any) -> Knock:
        data = scene.block_form(block) | dict.fromkeys(buttons, "1")
        return Knock(f"/admin/snippets/core/contactblock/edit/{block.pk}/", data)

    return knock


def _task(prefix: str, verb: str, action: str) -> Callable[[Any, Any], Knock]:
    def knock(scene: Any, obj: Any) -> Knock:
        state = obj.current_workflow_task_state.pk
        path = f"/admin/{prefix}/workflow/{verb}/{obj.pk}/{action}/{state}/"
        return Knock(path, {"comment": "Ser bra ut", "next": "/admin/"})

    return knock


SWEDES = ("editor", "approver", "admin")
FINNS = ("translator_fi", "reviewer_fi", "admin")

#: About a public Swedish page with a newer draft and a public Finnish translation.
PAGE_DOORS = [
    Door("edit, publish", _edit("action-publish"), everyone(DRAFT, *SWEDES)),
    Door(
        "edit, publish at a time",
        _edit("action-publish", go_live_at="2031-01-01 12:00"),
        everyone(DRAFT, *SWEDES),
    ),
    Door(
        "revert to an earlier revision and publish",
        lambda scene, page: Knock(
            f"/admin/pages/{page.pk}/edit/",
            scene.edit_form(page)
            | {"action-publish": "1", "revision": str(page.live_revision_id)},
        ),
        everyone(DRAFT, *SWEDES),
    ),
    Door("bulk publish", _bulk("publish", include_descendants="on")),
    Door("bulk unpublish", _bulk("unpublish"), everyone(WITHDRAWN, *SWEDES[1:])),
    Door(
        "bulk move",
        _bulk("move", chooser=lambda scene: scene.archive.pk),
        everyone(MOVED, "approver", "admin"),
    ),
    Door("bulk delete", _bulk("delete"), everyone(WITHDRAWN, "approver", "admin")),
    Door("unpublish", _pages("unpublish"), everyone(WITHDRAWN, "approver", "admin")),
    Door("delete", _pages("delete"), everyone(WITHDRAWN, "approver", "admin")),
    Door(
        "move",
        lambda scene, page: Knock(
            f"/admin/pages/{page.pk}/move/{scene.archive.pk}/confirm/"
        ),
        everyone(MOVED, "approver", "admin"),
    ),
    Door("copy", _copy(), everyone(DRAFT, "editor", "admin")),
    Door(
        "copy and publish",
        _copy(publish_copies="on", copy_subpages="on"),
        everyone(DRAFT, "editor"),
    ),
    Door("copy as an alias", _copy(alias="on"), everyone(DRAFT, "editor")),
    Door("convert an alias", _pages("convert_alias")),
    Door("make private", _pages("privacy", restriction_type="login")),
    Door("API: publish", _api("publish")),
    Door("API: unpublish", _api("unpublish"), everyone(WITHDRAWN, *SWEDES[1:])),
    Door("API: delete", _api("delete"), everyone(WITHDRAWN, "approver", "admin")),
    Door(
        "API: move",
        _api("move", destination_page_id=lambda s: s.archive.pk, position="last-child"),
        everyone(MOVED, "approver", "admin"),
    ),
    Door("API: copy and publish", _api("copy", keep_live=True)),
    Door("API: alias", _api("create_alias", update_slug="alias")),
    Door(
        "API: copy for translation",
        _api("copy_for_translation", locale="so", copy_parents=True),
    ),
    Door(
        "API: alias for translation",
        _api("copy_for_translation", locale="so", copy_parents=True, alias=True),
    ),
    Door("API: convert alias", _api("convert_alias")),
    Door(
        "API: revert",
        lambda scene, page: Knock(
            f"/admin/api/main/pages/{page.pk}/action/revert_to_page_revision/",
            {"revision_id": page.live_revision_id},
        ),
        everyone(DRAFT, *SWEDES),
    ),
]

#: About its public Finnish translation.
TRANSLATION_DOORS = [
    Door("edit, publish", _edit("action-publish")),
    Door("edit in the engine, publish", _edit(action="publish")),
    Door("edit, restart the engine", _edit("localize-restart-translation")),
    Door("bulk publish", _bulk("publish", include_descendants="on")),
    Door("bulk unpublish", _bulk("unpublish"), everyone(WITHDRAWN, *FINNS[1:])),
    Door("bulk delete", _bulk("delete"), everyone(WITHDRAWN, *FINNS[1:])),
    Door("bulk move", _bulk("move", chooser=lambda scene: scene.archive.pk)),
    Door("unpublish", _pages("unpublish"), everyone(WITHDRAWN, *FINNS[1:])),
    Door("copy and publish", _copy(publish_copies="on")),
    Door("API: publish", _api("publish")),
    Door("API: unpublish", _api("unpublish"), everyone(WITHDRAWN, *FINNS[1:])),
]

#: About a Swedish page under review, submitted by the editor.
REVIEW_DOORS = [
    Door("approve", _task("pages", "action", "approve")),
    Door("reject", _task("pages", "action", "reject")),
    Door("approve, collecting", _task("pages", "collect_action_data", "approve")),
    Door("reject, collecting", _task("pages", "collect_action_data", "reject")),
    Door(
        "edit form, approve",
        _edit("action-workflow-action", **{"workflow-action-name": "approve"}),
    ),
    Door("edit, publish", _edit("action-publish")),
    Door("bulk publish", _bulk("publish")),
    Door("delete", _pages("delete")),
    Door("bulk delete", _bulk("delete")),
]

#: About a public contact block with a newer draft and a public Finnish translation.
BLOCK_DOORS = [
    Door("edit, publish", _edit_block("action-publish"), everyone(DRAFT, *SWEDES)),
    Door("unpublish", _block("unpublish"), everyone(WITHDRAWN, *SWEDES[1:])),
    Door("delete", _block("delete"), everyone(WITHDRAWN, "approver", "admin")),
    Door(
        "bulk delete",
        lambda scene, block: Knock(
            f"/admin/bulk/core/{block._meta.model_name}/delete/"
            f"?id={block.pk}&next=/admin/"
        ),
        everyone(WITHDRAWN, "approver", "admin"),
    ),
]

#: About a contact block under review.
BLOCK_REVIEW_DOORS = [
    Door("approve", _task("snippets/core/contactblock", "action", "approve")),
    Door("reject", _task("snippets/core/contactblock", "action", "reject")),
    Door("edit, publish", _edit_block("action-publish")),
]


def _engine(path: str, method: str = "post", **data: Any) -> Callable[..., Knock]:
    """A screen of wagtail-localize, about the Finnish translation."""

    def knock(scene: Any, page: Any) -> Knock:
        translation = scene.engine_translation
        places = {
            "page": scene.page.pk,
            "block": scene.block.pk,
            "target": page.pk,
            "translation": translation.pk,
            "source": translation.source_id,
            "segment": scene.segment_id,
        }
        filled = {name: _of(scene, value) for name, value in data.items()}
        return Knock(f"/admin/localize/{path.format(**places)}", filled, method)

    return knock


_STRING = "translate/{translation}/strings/{segment}/edit/"

#: wagtail-localize's own screens, about the Finnish translation: all closed.
ENGINE_DOORS = [
    Door("submit a page", _engine("submit/page/{page}/", locales=lambda s: s.somali)),
    Door(
        "submit a block",
        _engine(
            "submit/snippet/core/contactblock/{block}/", locales=lambda s: s.arabic
        ),
    ),
    Door("update", _engine("update/{source}/")),
    Door("update, publish", _engine("update/{source}/", publish_translations="on")),
    Door("write a string", _engine(_STRING, value="HEMLIGT")),
    Door("write a string, PUT", _engine(_STRING, "put")),
    Door("delete a string", _engine(_STRING, "delete")),
    Door(
        "override a value",
        _engine("translate/{translation}/overrides/1/edit/", value="HEMLIGT"),
    ),
    Door("read a PO file", _engine("translate/{translation}/pofile/download/", "get")),
    Door("bring a PO file", _engine("translate/{translation}/pofile/upload/")),
    Door("machine translate", _engine("translate/{translation}/machine_translate/")),
    Door("preview", _engine("translate/{translation}/preview/", "get")),
    Door("stop", _engine("translate/{translation}/disable/")),
    Door("convert to an alias", _engine("page/{target}/convert_to_alias/")),
    Door("report", _engine("reports/translations/", "get")),
    Door("list blocks", _engine("api/snippets/core/contactblock/", "get")),
]
