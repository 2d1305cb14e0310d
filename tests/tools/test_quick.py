"""Which tests a change touches, in a small project of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.quick import Suite

FILES = {
    "shop/__init__.py": "",
    "shop/till.py": "",
    "shop/templates/bill.html": "",
    "shop/words.py": "",
    "docs/guide.md": "",
    "tests/conftest.py": "",
    "tests/shop/conftest.py": "",
    "tests/shop/customers.py": "from shop.till import Till",
    "tests/shop/test_bills.py": "from tests.shop.customers import eva",
    "tests/yard/test_gate.py": "from shop import till",
    "tests/yard/test_wall.py": "SETTING = 'shop.words.Swedish'",
    "tests/test_guide.py": "GUIDE = 'docs/guide.md'",
    "tests/yard/golden/wall.json": "{}",
}


@pytest.fixture
def suite(tmp_path: Path) -> Suite:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return Suite(tmp_path)


@pytest.mark.parametrize(
    ("changed", "touched"),
    [
        ("shop/templates/bill.html", {"tests/shop"}),
        ("shop/till.py", {"tests/shop", "tests/yard/test_gate.py"}),
        ("shop/words.py", {"tests/shop", "tests/yard/test_wall.py"}),
        ("shop/not_there_any_more.py", {"tests/shop"}),
        ("docs/guide.md", {"tests/test_guide.py"}),
        ("docs/other.md", set()),
        ("tests/shop/conftest.py", {"tests/shop"}),
        ("tests/shop/customers.py", {"tests/shop/test_bills.py"}),
        ("tests/yard/test_wall.py", {"tests/yard/test_wall.py"}),
        ("tests/yard/golden/wall.json", {"tests/yard"}),
    ],
)
def test_a_change_touches(suite: Suite, changed: str, touched: set[str]) -> None:
    choice = suite.touched([suite.root / changed])

    assert {str(path.relative_to(suite.root)) for path in choice.tests} == touched
    assert all(reason.endswith(changed) for reason in choice.tests.values())
    assert choice.left_out == []


def test_what_every_test_imports_is_left_to_the_whole_suite(suite: Suite) -> None:
    for number in range(50):
        (suite.folder / f"test_{number}.py").write_text("from shop import till")

    choice = Suite(suite.root).touched([suite.root / "shop/till.py"])

    assert list(choice.tests) == [suite.folder / "shop"]
    assert choice.left_out == ["52 files imports shop/till.py"]
