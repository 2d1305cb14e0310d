"""One draft for one secret: what a front end of one's own shows to an approver."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router

from cms.api import answers, content
from cms.api import schemas as s
from cms.api.problems import not_found, refuse_parameters
from cms.api.shapes import Shape
from cms.previews import links
from cms.site.preview import draft_reading

router = Router()


class Draft(Shape):
    """What tells a draft from a page that is public: until when, and which text."""

    expires_at: datetime
    revision: int


@router.get(
    "preview/{token}",
    response={200: s.Page, 404: s.Problem, 400: s.Problem, 422: s.Problem},
    summary="One draft",
    openapi_extra={
        "responses": {
            200: {
                "content": {
                    "application/json": {
                        # Beside the reference to a page: both hold.
                        "schema": {
                            "properties": {"draft": Draft.model_json_schema()},
                            "required": ["draft"],
                        }
                    }
                }
            }
        }
    },
)
def preview(request: HttpRequest, token: str) -> Any:
    """The draft of a preview link, in the shape of a page, with the member `draft`.

    Show it to whoever has the link and to nobody else, and keep no copy.
    """
    refuse_parameters(request)
    draft = links.open_link(token)
    rendering = draft.text.rendering() if draft else None
    if draft is None or rendering is None or rendering.kind != "page":
        return not_found(request)
    page = content.page_json(draft_reading(rendering, draft.link.pk))
    told = Draft(expires_at=draft.link.expires_at, revision=draft.link.revision_id)
    return answers.answer({**page, "draft": told.model_dump(mode="json")})
