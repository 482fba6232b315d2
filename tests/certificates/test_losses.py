"""Losses row by row, and what is refused because its range is not known."""

import numpy as np
import pytest
from sklearn.metrics import mean_absolute_error, mean_squared_error

from genbounds.certificates.losses import Loss, check_labels, chosen_loss, row_losses

Y, SAID = [1.0, 2.0, 3.5], [1.5, 2.0, 1.0]


def test_named_losses_agree_with_scikit_learn():
    for name, score in (("absolute", mean_absolute_error), ("squared", mean_squared_error)):
        found = row_losses(chosen_loss(name, 10, False, {}), "m", Y, SAID)
        assert np.mean(found) == pytest.approx(score(Y, SAID))


def test_a_function_of_arrays():
    def pinball(y, said):
        return np.maximum(0.9 * (y - said), 0.1 * (said - y))

    loss = chosen_loss(pinball, 3, False, {})
    assert row_losses(loss, "m", Y, SAID) == pytest.approx([0.05, 0, 2.25])
    assert "pinball" in loss.name


def test_what_exceeds_the_width_is_refused_or_cut():
    with pytest.raises(ValueError, match=r"loss of m in row 2 is 2.5, above width = 2"):
        row_losses(Loss("absolute", 2.0), "m", Y, SAID)
    assert row_losses(Loss("absolute", 2.0, True), "m", Y, SAID) == [0.5, 0, 2]


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (lambda y, said: -np.ones(3), "below 0"),
        (lambda y, said: float(np.mean(y)), "one loss a row"),
        (lambda y, said: np.ones(2), "2 losses for 3 rows"),
        (lambda y, said: np.array([0, np.nan, 0]), "finite numbers"),
    ],
)
def test_what_a_function_may_not_give(function, message):
    with pytest.raises(ValueError, match=message):
        row_losses(chosen_loss(function, 1, True, {}), "m", Y, SAID)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (("absolute", None, False), "needs width"),
        (("log", 1, False), "must be one of"),
        ((None, 1, False), "go with a loss"),
        (("zero_one", None, True), "go with a loss"),
        (("squared", 0, False), "greater than 0"),
        (("squared", float("inf"), False), "finite"),
        (("squared", True, False), "finite"),
        (("squared", "wide", False), "finite"),
    ],
)
def test_requests_without_a_range_are_refused(given, message):
    with pytest.raises(ValueError, match=message):
        chosen_loss(*given, {})


def test_words_and_missing_numbers_are_refused():
    for column in (["a", "b", "c"], [1, None, 2], [1, float("nan"), 2]):
        with pytest.raises(ValueError, match="y must hold finite numbers"):
            row_losses(Loss("absolute", 9.0), "m", column, SAID)


def test_labels_are_whole():
    check_labels("y", [1, 2.0, True])
    check_labels("y", ["1", "a"])
    with pytest.raises(ValueError, match=r"y holds 0.5, which is no class label"):
        check_labels("y", [1, 0.5])


def test_what_the_risk_is_called():
    assert chosen_loss(None, None, False, {}).measure == "true error rate"
    assert chosen_loss("absolute", 2, True, {}).measure == "true mean of min(absolute loss, 2)"
