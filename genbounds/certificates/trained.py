"""Statements about models on the very rows that they were trained on, as data and back."""

from collections.abc import Mapping
from typing import Any

from genbounds.answers import Answer
from genbounds.certificates.statements import Statement
from genbounds.claims import CONDITIONS
from genbounds.classes.base import HypothesisClass
from genbounds.packing import pack, unpack
from genbounds.registry import find

NOTES = (
    "the error on the training rows is no estimate of the risk: what is guaranteed here holds for "
    "every model of the class at once, which is why it may be far above the error seen",
)


def observed_on_training(
    models: Mapping[str, Any], X: Any, y: Any, options: Mapping[str, Any], hypothesis_class: Any
) -> tuple[list[dict[str, Any]], list[str]]:
    """What was found of every model, each with an equal share of delta, as data; and remarks."""
    from genbounds.certificates.training import certify_training

    found = [
        certify_training(
            model, X, y, delta=options["delta"] / len(models), name=name,
            hypothesis_class=hypothesis_class, margin=options["margin"],
            max_margin=options["max_margin"],
        ) for name, model in models.items()
    ]  # fmt: skip
    statements = [_as_data(statement) for one in found for statement in one.statements]
    return statements, [note for one in found for note in one.notes]


def _as_data(statement: Statement) -> dict[str, Any]:
    answer = statement.answer
    if answer is None:
        raise ValueError(f"the statement about {statement.subject} rests on no theorem")
    return {
        "model": statement.subject,
        "n": statement.n,
        "observed": statement.observed,
        "delta": statement.delta,
        "bound": answer.bound.name,
        "facts": {name: pack(name, value) for name, value in answer.arguments.items()},
        "given": list(statement.given),
        "notes": list(statement.notes),
        "replaced": list(statement.replaced),
    }


def statements(inputs: Mapping[str, Any]) -> list[Statement]:
    """The statements again: only proved guarantees about a risk, within delta together."""
    found = [_statement(one, inputs["options"]) for one in inputs["observations"]]
    for one in inputs["observations"]:
        _check_numbers(one, inputs["data"]["n"])
    delta = inputs["options"]["delta"]
    # a sum of shares may miss delta by its own rounding
    if sum(s.delta for s in found) > delta * (1 + 1e-12):
        raise ValueError(f"the statements spend more than delta = {delta}")
    strangers = {s.subject for s in found} - {model["name"] for model in inputs["models"]}
    if strangers:
        raise ValueError(f"{strangers.pop()!r} is none of the models")
    if len({(s.subject, s.observed) for s in found}) > len({s.subject for s in found}):
        raise ValueError("a model has one error rate on its training rows, not several")
    return found


def _check_numbers(one: Mapping[str, Any], n: int) -> None:
    """`ValueError` where what was observed contradicts the data or the inputs of the theorem."""
    facts, observed = one["facts"], one["observed"]
    errors = round(observed * n) if 0 <= observed <= 1 else -1
    least = facts.get("margin_risk", observed)
    agrees = (
        one["n"] == n == facts.get("n", n)
        and errors >= 0 and abs(observed * n - errors) < 1e-6
        and facts.get("errors", errors) == errors
        and (not isinstance(least, (int, float)) or least >= observed - 1e-9)
    )  # fmt: skip
    if not agrees:
        raise ValueError(
            f"{one['bound']}: n = {one['n']}, observed = {observed:g} and the inputs of the "
            f"theorem do not agree with each other and with the {n} rows"
        )


def _check_given(one: Mapping[str, Any], answer: Answer, options: Mapping[str, Any]) -> None:
    """`ValueError` where conditions that follow from the inputs are not among those given."""
    from genbounds.certificates.training_conditions import lacking
    from genbounds.certificates.training_theorems import Scale, grid_given

    given = one["given"]
    classes = [x.sentence for x in answer.arguments.values() if isinstance(x, HypothesisClass)]
    unsaid = [said for said in classes if not any(said in sentence for sentence in given)]
    unsaid += lacking(given, options["hypothesis_class"] is not None)
    scale = Scale(options["margin"], options["max_margin"])
    margins = {said for bounded in (False, True) for said in grid_given(scale, bounded=bounded)}
    if "margin" in one["facts"] and not margins & set(given):
        unsaid.append("how the margin was chosen")
    if unsaid:
        raise ValueError(f"{one['bound']}: the conditions do not say: {unsaid[0]}")


def _statement(one: Mapping[str, Any], options: Mapping[str, Any]) -> Statement:
    facts = {name: unpack(value) for name, value in one["facts"].items()}
    answer = Answer(find(one["bound"]), **facts)
    claim = answer.claim
    if answer.status != "proved" or not claim.is_guarantee or claim.quantity != "risk":
        raise ValueError(f"{one['bound']} is no proved guarantee about a risk")
    if claim.scope in ("fixed_hypothesis", "several_hypotheses"):
        raise ValueError(f"{one['bound']} does not hold for a model chosen on these rows")
    if not all(map(_is_about_parameters, one["replaced"])):
        raise ValueError("only conditions on parameters fixed in advance may be replaced")
    if claim.scope == "consistent_hypotheses" and one["observed"]:
        raise ValueError(f"{one['bound']} is about models without an error on these rows")
    _check_given(one, answer, options)
    spent = answer.inputs.get("delta")
    if spent is None or float(spent) > one["delta"]:
        raise ValueError(f"{one['bound']} spends more than the {one['delta']} stated")
    return Statement.of(
        answer, subject=one["model"], kind="training", observed=one["observed"], n=one["n"],
        delta=one["delta"], given=one["given"], notes=one["notes"], replaced=one["replaced"],
    )  # fmt: skip


def _is_about_parameters(sentence: str) -> bool:
    """Such as a margin, which a grid of them that share delta stands for."""
    before, after = CONDITIONS["fixed_before_sample"].split("{parameters}")
    return sentence.startswith(before) and sentence.endswith(after)
