"""Each way in, button and field that the code has is used by a test in the browser; one that is not shows here."""

import ast
import re
from pathlib import Path

import pytest

from bot.slack.filters import _LABELS
from tests.browser.matrix import BUTTONS, EVERYTHING, FIELDS, HOME

HERE = Path(__file__).parent
CONTROLS = (HERE.parents[1] / "bot" / "slack" / "controls.py").read_text(encoding="utf-8")


def shown() -> dict[str, list[str]]:
    """What is used -> the tests that use it, read from the decorators: this test needs no browser."""
    found: dict[str, list[str]] = {}
    for node in ast.parse((HERE / "test_real_bot.py").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            for decorator in node.decorator_list:
                if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "shows":
                    for argument in decorator.args:
                        found.setdefault(ast.literal_eval(argument), []).append(node.name)
    return found


@pytest.mark.parametrize("what", sorted(EVERYTHING))
def test_it_is_used_in_the_browser(what: str) -> None:
    assert shown().get(what), f"no test of tests/browser/test_real_bot.py is marked with {what!r}"


def test_the_matrix_has_every_button_of_the_code() -> None:
    """`on_click` and `on_home` name the buttons; Open is a link, and thumbs are one element of two buttons."""
    clicks = set(re.findall(r'on_click\((?:re\.compile\(r"\^|")(\w+)', CONTROLS))
    home = set(re.findall(r'on_home\(\s*(?:re\.compile\(r"\^|")(\w+)', CONTROLS))

    assert clicks - {"feedback", "share"} == set(BUTTONS) - {"open", "thumb up", "thumb down"}
    assert home == set(HOME)


def test_the_matrix_has_every_field_of_the_dialogue() -> None:
    assert {*_LABELS, "price-min", "price-max", "stock"} == set(FIELDS)
