"""Stream fields whose blocks stay out of migrations.

A block is part of the program, not of the database: the column holds JSON whatever the
blocks are. Wagtail writes all of them into migrations, so that each new block, help text
or translation of one made a migration of thousands of lines
(https://github.com/wagtail/wagtail/issues/4298).
"""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property
from wagtail import fields
from wagtail.blocks import StreamBlock

from cms.core.blocks import body


class StreamField(fields.StreamField):
    """Wagtail's stream field; a migration knows it without its blocks."""

    def __init__(self, block_types: Any = (), **kwargs: Any) -> None:
        super().__init__(block_types, **kwargs)

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs


class BodyField(StreamField):
    """The running text of a page: every block that an installed app registers.

    The blocks are looked up when they are first asked for, after all apps are ready.
    """

    @cached_property
    def stream_block(self) -> StreamBlock:
        block = body.stream_block()
        block.set_meta_options(self.block_opts)
        return block
