"""The description of the API as it really answers: errors are problem documents."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from cms.api.problems import CONTENT_TYPE, phrase

JSON = "application/json"


class ContentAPI(NinjaAPI):
    """An API whose description names the media types as they are.

    ``openapi_extra={"x-media-type": ...}`` on an operation says that it is not JSON.
    """

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Return the OpenAPI 3.1 document; errors are problem documents."""
        schema = super().get_openapi_schema(**options)
        for path in schema["paths"].values():
            for operation in path.values():
                usual = operation.pop("x-media-type", JSON)
                for status, answer in operation["responses"].items():
                    answer["description"] = phrase(int(status))
                    content = answer["content"]
                    kind = CONTENT_TYPE if int(status) >= 400 else usual
                    content[kind] = content.pop(JSON)
        return schema
