"""The page of known mistakes: current, and as long as it claims to be."""

import importlib.util
import re
from pathlib import Path

import pytest

from genbounds.referee.mistakes import MISTAKES

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def maker():
    """docs/make_mistakes.py as a module."""
    spec = importlib.util.spec_from_file_location("make_mistakes", ROOT / "docs/make_mistakes.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_current(maker):
    assert maker.main("--check") == 0


def test_another_number_on_the_page_is_noticed(maker, tmp_path, monkeypatch, capsys):
    text = maker.PAGE.read_text(encoding="utf-8")
    assert text.count("1/16") > 1
    monkeypatch.setattr(maker, "PAGE", tmp_path / "mistakes.md")
    monkeypatch.setattr(maker, "page", lambda: text)
    maker.PAGE.write_text(text.replace("1/16", "1/17", 1), encoding="utf-8")
    assert maker.main("--check") == 1
    assert "make_mistakes.py" in capsys.readouterr().out
    assert maker.main() == maker.main("--check") == 0


def test_the_last_digits_of_a_decimal_belong_to_a_platform(maker):
    assert maker.rounded("says 0.4507197283") == maker.rounded("says 0.4507197284")
    assert maker.rounded("says 0.4507197") != maker.rounded("says 0.4507198")


def test_every_mistake_has_a_name_of_its_own_and_its_place_on_the_page(maker):
    names = [m.name for m in MISTAKES]
    assert len(set(names)) == len(names)
    text = maker.PAGE.read_text(encoding="utf-8")
    assert re.findall(r"^### (\S+)$", text, re.MULTILINE) == [m.name for m in MISTAKES if m.world]
    assert all(f"| {m.name} |" in text for m in MISTAKES if not m.world)


def test_at_least_25_are_refuted_at_a_small_delta():
    assert sum(m.counterexample.delta <= 0.1 for m in MISTAKES if m.world) >= 25
