"""What was seen of models on held-out rows, and the statements that follow from it.

An observation is plain data: a count of errors, the losses in their order, or for two models the
rows on which exactly one of them errs. All statements share delta equally, so that they hold
together; a group without rows keeps its share, as the groups were named before the sample.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from genbounds.answers import Answer
from genbounds.certificates.losses import measure
from genbounds.certificates.statements import Statement
from genbounds.claims import CONDITIONS
from genbounds.multiplicity import holm
from genbounds.questions import SIDES, test_set
from genbounds.registry import catalogue, find

METHODS = {"betting": "betting", "empirical_bernstein": "maurer_pontil"}
UNUSED = CONDITIONS["independent_test_set"]
FIXED_MODELS = CONDITIONS["models_before_sample"]
GROUPS = "the groups, their rule and their number, were fixed before the sample was seen"
ROW_ALONE = "each prediction rests on its own row alone, not on the other rows"
WIDTH = "the loss lies in [0, {width:g}] on every possible observation"

Observation = Mapping[str, Any]


# --- seen


def observations(
    models: Sequence[str], groups: Mapping[str, Sequence[bool]], losses: Mapping[str, Any],
    zero_one: bool,
) -> list[dict[str, Any]]:  # fmt: skip
    """Each model on all rows and in each group; pairs on all rows, for errors."""
    found = []
    for name in models:
        found.append(_seen(name, "", losses[name], zero_one))
        for group, mask in groups.items():
            inside = [x for x, member in zip(losses[name], mask, strict=True) if member]
            found.append(_seen(name, group, inside, zero_one))
    return found + (list(_pairs(models, losses)) if zero_one else [])


def _seen(name: str, group: str, losses: Sequence[Any], zero_one: bool) -> dict[str, Any]:
    about = {"model": name, "group": group, "n": len(losses)}
    return about | ({"errors": sum(losses)} if zero_one else {"losses": list(losses)})


def _pairs(models: Sequence[str], wrong: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for first, second in combinations(models, 2):
        both = list(zip(wrong[first], wrong[second], strict=True))
        yield {
            "model": first, "second": second, "n": len(both),
            "first_only": sum(a and not b for a, b in both),
            "second_only": sum(b and not a for a, b in both),
        }  # fmt: skip


def expected(models: Sequence[str], groups: Sequence[str], pairs: bool) -> list[tuple[str, str]]:
    """Of whom the observations must be, in order."""
    alone = [(name, group) for name in models for group in ("", *groups)]
    return alone + (list(combinations(models, 2)) if pairs else [])


# --- said


def statements(inputs: Mapping[str, Any]) -> list[Statement]:
    """What the observations of a certificate establish, at delta for all of it together."""
    options, seen = inputs["options"], inputs["observations"]
    _check_plan(inputs)
    share = options["delta"] / len(seen)
    adjusted = iter(holm([_p_value(x) for x in seen if "second" in x]))
    found = []
    for one in seen:
        if "second" in one:
            found.append(_difference(one, share, next(adjusted)))
        elif one["n"]:
            found.append(_alone(inputs, one, share))
    return found


def _check_plan(inputs: Mapping[str, Any]) -> None:
    """The observations are of the models and the groups that the certificate names."""
    seen, options = inputs["observations"], inputs["options"]
    zero_one = options["loss"] == "zero_one"
    models = [model["name"] for model in inputs["models"]]
    who = [(x["model"], x.get("second", x.get("group"))) for x in seen]
    if who != expected(models, list(inputs["data"]["groups"]), zero_one) or not who:
        raise ValueError("the observations are not those of the models and groups that are named")
    n = inputs["data"]["n"]
    if any(x["n"] != n for x in seen if not x.get("group")) or any(x["n"] > n for x in seen):
        raise ValueError(f"the observations are not of {n} rows")
    if len(models) > 1 and options["selected_from"] > 1:
        raise ValueError("selected_from goes with one model: name all the others beside it")


def _alone(inputs: Mapping[str, Any], one: Observation, share: float) -> Statement:
    options, group = inputs["options"], one["group"]
    found = _of_errors(options, one, share) if "errors" in one else _of_losses(options, one, share)
    several = options["selected_from"] > 1 or len(inputs["models"]) > 1
    given = [
        *([FIXED_MODELS] if several else []),
        ROW_ALONE,
        *([GROUPS] if inputs["data"]["groups"] else []),
    ]
    if "losses" in one and not options["clip"]:
        given.append(WIDTH.format(width=options["width"]))
    observed = one["errors"] / one["n"] if "errors" in one else math.fsum(one["losses"]) / one["n"]
    return Statement.of(
        found, subject=one["model"], kind="held_out", observed=observed, n=one["n"], delta=share,
        group=group, given=given, replaced=[UNUSED] if several else [],
        measure=measure(options["loss"], options["width"], options["clip"]),
    )  # fmt: skip


def _of_errors(options: Mapping[str, Any], one: Observation, share: float) -> Answer:
    return test_set(
        errors=one["errors"], n=one["n"], delta=share, side=options["side"],
        selected_from=options["selected_from"], population_size=options["population_size"],
    )  # fmt: skip


def _of_losses(options: Mapping[str, Any], one: Observation, share: float) -> Answer:
    """The method that was fixed in advance; each of the k models selected among pays delta / k."""
    bound = _sided(METHODS[options["method"]], options["side"])
    facts = {"delta": share / options["selected_from"], "width": options["width"]}
    losses = one["losses"]
    if options["method"] == "betting":
        return Answer(bound, losses=losses, betting_cap=options["betting_cap"], **facts)
    if len(losses) < 2:
        raise ValueError("empirical Bernstein needs at least 2 losses (in every group)")
    mean = math.fsum(losses) / len(losses)
    variance = math.fsum((x - mean) ** 2 for x in losses) / (len(losses) - 1)
    return Answer(
        bound, empirical_risk=mean, sample_variance=variance, n=len(losses), **facts
    )  # fmt: skip


def _sided(name: str, side: str) -> Any:
    if side not in SIDES:
        raise ValueError(f"side must be one of {', '.join(SIDES)}, got {side!r}")
    if side == "both":
        return find(name).two_sided
    if side == "lower" and find(name).additive:
        raise ValueError("empirical Bernstein is stated from above: ask for side='both'")
    return find(f"{name}_lower") if side == "lower" else find(name)


def _difference(one: Observation, share: float, adjusted: float) -> Statement:
    b, c = one["first_only"], one["second_only"]
    found = Answer(
        find("risk_difference").two_sided, errors_first_only=b, errors_second_only=c, n=one["n"],
        delta=share,
    )  # fmt: skip
    pair = (one["model"], one["second"])
    test = (
        f"{pair[0]} against {pair[1]}: {b} rows on which only the first errs, {c} only the second; "
        f"exact sign test p = {_p_value(one):.4g}, adjusted by Holm {adjusted:.4g}"
    )
    return Statement.of(
        found, subject=f"{pair[0]} - {pair[1]}", kind="difference", observed=(b - c) / one["n"],
        n=one["n"], given=[FIXED_MODELS, ROW_ALONE], replaced=[UNUSED], notes=[test], pair=pair,
    )  # fmt: skip


def _p_value(one: Observation) -> float:
    counts = {"errors_first_only": one["first_only"], "errors_second_only": one["second_only"]}
    return float(catalogue["sign_test"](**counts))


def notes(inputs: Mapping[str, Any]) -> list[str]:
    """What a reader should know beside the statements."""
    options, seen = inputs["options"], inputs["observations"]
    found = []
    if options["selected_from"] > 1:
        found.append(
            f"chosen as the best of {options['selected_from']} models on these very rows: paid for"
        )
    empty = dict.fromkeys(x["group"] for x in seen if not x["n"])
    found += [f"the group {group} holds no rows: nothing is said about it" for group in empty]
    if options["loss"] != "zero_one" and len(inputs["models"]) > 1:
        found.append("differences of risks are certified for the 0-1 loss only")
    if options["loss"] != "zero_one":
        found.append(f"method: {options['method']}, fixed before the losses were seen")
    return found
