"""What TypeScript knows of an answer: pages and blocks by name, told apart by type."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from tests.typescript import faults

HEAD = """
import type { components } from "./api";
type Page = components["schemas"]["Page"];
type Block = components["schemas"]["Block"];

export function words(block: Block): string[] {
  switch (block.type) {
    case "heading": return [block.text];
    case "quote": return [block.text, block.name];
    case "link_list": return block.links.map((link) => link.text);
    default: return []; // a block that came with a later release
  }
}
"""


@pytest.fixture
def description(db):
    return Client().get("/api/v1/openapi.json").json()


def test_pages_and_blocks_are_told_apart_by_their_type(description, tmp_path: Path):
    program = f"""{HEAD}
export function day(page: Page): string | null {{
  return page.type === "articles.article" ? page.news_date : null;
}}
export const said = (page: Page): string[] => page.body.flatMap(words);
"""

    assert faults(description, program, tmp_path) == ""


@pytest.mark.parametrize(
    "mistake",
    [
        "export const day = (page: Page): string => page.news_date;",
        'export const x = (b: Block) => b.type === "quote" ? b.heading : "";',
    ],
    ids=["a member of news on any page", "a member of another block"],
)
def test_what_is_not_there_is_a_mistake(description, tmp_path: Path, mistake: str):
    assert "does not exist on type" in faults(description, HEAD + mistake, tmp_path)
