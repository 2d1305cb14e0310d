"""The description of the API as it really answers: errors are problem documents."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from cms.api.problems import CONTENT_TYPE


class ContentAPI(NinjaAPI):
    """An API whose description names the media type of its errors."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Return the OpenAPI 3.1 document; every error is a problem document."""
        schema = super().get_openapi_schema(**options)
        for path in schema["paths"].values():
            for operation in path.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= 400:
                        content = answer["content"]
                        content[CONTENT_TYPE] = content.pop("application/json")
        return schema
