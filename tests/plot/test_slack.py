"""Bars of slack: as long as the factor that is refuted."""

import math
from fractions import Fraction

import pytest

import genbounds as gb
from genbounds.plot import SlackDisplay
from genbounds.referee.searching import Search
from genbounds.referee.slacks import Slack

VALUES = {"hoeffding": 0.9, "wald": math.inf, "wilson": 1.2, "mohri": math.nan, "chernoff": 1.0}


def slack_of(name, value):
    searched = Search([], 0, 0, (), 0.0)
    return Slack(gb.catalogue[name], 0.05, value, Fraction(0), None, searched)


def all_of_them():
    return [slack_of(name, value) for name, value in VALUES.items()]


def test_slacks_are_bars_the_largest_on_top():
    axes = SlackDisplay.from_slacks(all_of_them()).plot().ax_
    names = [label.get_text() for label in axes.get_yticklabels()]
    order = dict(zip(axes.get_yticks(), names, strict=True))
    assert [order[y] for y in sorted(order, reverse=True)] == [
        "wald", "wilson", "chernoff", "hoeffding", "mohri",
    ]  # fmt: skip
    lengths = [bar.get_width() for bar in axes.patches]
    assert lengths == [axes.get_xlim()[1], 1.2, 1.0, 0.9, 0.0]
    assert [text.get_text() for text in axes.texts] == [
        "every factor refuted", "1.2", "1", "0.9", "no factor refuted", "the bound itself",
    ]  # fmt: skip
    assert "delta = 0.05" in axes.get_title(loc="left")


def test_what_is_false_is_hatched():
    axes = SlackDisplay.from_slacks(all_of_them()).plot().ax_
    assert [bool(bar.get_hatch()) for bar in axes.patches] == [True, True, False, False, False]


@pytest.mark.parametrize("width", [8.8, 4])
def test_words_can_be_read(width, legible):
    shown = legible(SlackDisplay.from_slacks(all_of_them(), width=width).plot().ax_)
    assert {"every factor refuted", "the bound itself", *VALUES} <= shown


def test_one_result_draws_itself(tmp_path):
    path = tmp_path / "picture.svg"
    assert slack_of("hoeffding", 0.9).plot(path).slacks[0].value == 0.9
    assert b"<svg" in path.read_bytes()


def test_bars_in_text_are_as_long_as_their_values():
    lines = SlackDisplay.from_slacks(all_of_them()).text.splitlines()
    bars = {name: next(line for line in lines if line.startswith(name)) for name in VALUES}
    ends = {name: bar.rindex("]") for name, bar in bars.items()}
    assert ends["wald"] > ends["wilson"] > ends["chernoff"] > ends["hoeffding"] > ends["mohri"]
    assert bars["mohri"].endswith("no factor refuted")
