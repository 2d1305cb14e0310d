"""What every shape of the API is built on."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

LanguageTag = str


class Shape(BaseModel):
    """A part of an answer: what is not named in it is not sent.

    In answers every member is there, so the description calls all of them required;
    a default is for texts that went into the log before the member existed.
    """

    model_config = ConfigDict(
        json_schema_serialization_defaults_required=True,
        validate_by_name=True,
        from_attributes=True,
    )

    @classmethod
    def of(cls, value: Any) -> dict[str, Any]:
        """Return what the shape says of something: its members or attributes.

        Members are called as in the shape, or as a validation alias of it says.
        """
        return cls.model_validate(value).model_dump()


def example(**members: Any) -> ConfigDict:
    """Return the configuration of a shape with an example for its readers."""
    return ConfigDict(json_schema_extra={"examples": [members]})
