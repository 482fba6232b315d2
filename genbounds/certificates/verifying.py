"""`verify`: derive everything in a certificate again, and with data count again.

The seal shows an edit of the file. A forger can seal again; but all that follows from the inputs is
derived anew and compared, leaf by leaf, so that only inputs can be forged; and those are compared
with the data, the predictions and the model where these are given.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from genbounds import __version__
from genbounds.certificates.certificate import Certificate
from genbounds.certificates.certifying import certify, digest, losses_of
from genbounds.certificates.fingerprints import len_of, table_digest
from genbounds.certificates.folds import cross_validation
from genbounds.certificates.losses import NAMED, ZERO_ONE, Loss
from genbounds.certificates.predicting import is_model
from genbounds.certificates.record import canonical, differences, leaves, read_record, seal
from genbounds.classes import of_record
from genbounds.rendering import Report, Shown

PASSED = {True: "passed", False: "FAILED", None: "not checked"}
SHOWN = 3


class Check(NamedTuple):
    """What was looked at, whether it is as it should be (None: not looked at), and why."""

    what: str
    passed: bool | None
    detail: str = ""


class Verification(Shown):
    """The checks of a certificate, in order; `ok` where none failed.

    What was not checked, for want of the data or the model, is listed as such.
    """

    def __init__(self, checks: Sequence[Check], sentence: str) -> None:
        self.checks, self.claimed = list(checks), sentence

    @property
    def ok(self) -> bool:
        """Whether no check failed."""
        return all(check.passed is not False for check in self.checks)

    @property
    def failed(self) -> list[Check]:
        """The checks that failed."""
        return [check for check in self.checks if check.passed is False]

    @property
    def sentence(self) -> str:
        """The outcome."""
        open_ = [check.what for check in self.checks if check.passed is None]
        if not self.ok:
            return f"NOT VERIFIED: {', '.join(check.what for check in self.failed)}."
        left = f" Not checked: {', '.join(open_)}." if open_ else ""
        return f"Verified: every check that was made passed.{left}"

    @property
    def report(self) -> Report:
        """Every check, and what the certificate says."""
        rows = [
            (c.what, PASSED[c.passed] + (f": {c.detail}" if c.detail else "")) for c in self.checks
        ]
        return Report(self.sentence, [*rows, ("it says", self.claimed)])

    def to_dict(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "ok": self.ok,
            "sentence": self.sentence,
            "checks": [check._asdict() for check in self.checks],
        }


def verify(
    certificate: Any, *, model: Any = None, X: Any = None, y: Any = None, predictions: Any = None,
    groups: Any = None, loss: Any = None, hypothesis_class: Any = None,
) -> Verification:  # fmt: skip
    """Checks a certificate: a `Certificate`, its record or the path of its file.

    Without more, the seal, every number, sentence and condition, and the arithmetic of delta. With
    `X`, `y` and a `model` or its `predictions` (as they were given to `certify`), the digests,
    counts and losses as well; `groups` and a `loss` that is a function have to be given again.
    For cross-validation `model` is the result of `cross_validate`. `ValueError` for what is no
    certificate at all.
    """
    if model is not None and predictions is not None:
        raise ValueError("give model or predictions, not both")
    record = (
        certificate.to_dict() if isinstance(certificate, Certificate) else read_record(certificate)
    )
    checks = [_sealed(record)]
    try:
        derived = Certificate(record["inputs"], record["made_with"])
        again = derived.to_dict()
    except Exception as fault:  # whatever goes wrong with inputs from outside, they are no inputs
        checks.append(Check("inputs", False, _printable(f"nothing follows from them: {fault}")))
        return Verification(checks, _claimed(record))
    checks += _derived(record, again)
    subject = _in_order(derived, model if predictions is None else predictions)
    given = _Given(subject, X, y, groups, loss, hypothesis_class)
    checks += _against_data(derived, given, predictions is None)
    return Verification(checks, _claimed(record))


def _in_order(found: Certificate, model: Any) -> Any:
    """Several models in the order of the certificate: a mapping has none that matters."""
    names = [one["name"] for one in found.inputs["models"]]
    if found.inputs["on"] == "cross-validation" or not isinstance(model, Mapping):
        return model
    return {name: model[name] for name in names} if set(names) == set(model) else model


def _claimed(record: Mapping[str, Any]) -> str:
    results = record["results"]
    said = results.get("sentence") if isinstance(results, dict) else None
    return _printable(said) if isinstance(said, str) else ""


def _printable(text: str) -> str:
    """What cannot change what a terminal shows."""
    return text if text.isprintable() else ascii(text)


# --- what follows from the record alone


def _sealed(record: Mapping[str, Any]) -> Check:
    found = seal(record)
    if record["seal"] == found:
        return Check("seal", True, f"SHA-256 {found[:16]}...")
    return Check("seal", False, "the record was changed after it was sealed")


_KINDS = {
    "numbers": ("observed", "n", "width", "lower", "upper", "vacuous"),
    "shares of delta": ("delta",),
    "theorems and conditions": ("theorem", "source", "conditions", "theorems"),
    "sentences": ("sentence", "notes", "subject", "group", "kind"),
}


def _derived(record: dict[str, Any], again: dict[str, Any]) -> Iterator[Check]:
    """Everything that follows from the inputs, by kind; anything else that differs at the end."""
    body = {key: value for key, value in record.items() if key != "seal"}
    apart = differences(body, {key: value for key, value in again.items() if key != "seal"})
    sure = canonical(record["results"]) == canonical(again["results"])
    for kind, names in _KINDS.items():
        mine = [path for path in apart if _leaf_name(path) in names]
        yield Check(kind, not mine, _listed(mine, record, again))
    rest = [path for path in apart if not any(_leaf_name(path) in x for x in _KINDS.values())]
    yield Check("contents", not rest, _listed(rest, record, again))
    yield _version(record, sure)


def _leaf_name(path: str) -> str:
    """results.statements.0.conditions.1 is among the conditions."""
    parts = [part for part in path.split(".") if not part.isdigit()]
    if "theorems" in parts[:2]:
        return "theorems"
    return parts[2] if parts[:2] == ["results", "statements"] and len(parts) > 2 else parts[-1]


def _listed(paths: Sequence[str], record: Any, again: Any) -> str:
    pairs = ((path, *_apart(_at(record, path), _at(again, path))) for path in paths[:SHOWN])
    said = [f"{path} is {mine}, not {other}" for path, mine, other in pairs]
    more = [f"and {len(paths) - SHOWN} more"] if len(paths) > SHOWN else []
    return _printable("; ".join([*said, *more]))


def _at(value: Any, path: str) -> str:
    """The value at a path."""
    found = dict(leaves(value))
    return repr(found[path]) if path in found else "absent"


def _apart(mine: str, other: str) -> tuple[str, str]:
    """Two texts cut to the part in which they differ."""
    pairs = enumerate(zip(mine, other, strict=False))
    common = next((i for i, (a, b) in pairs if a != b), min(len(mine), len(other)))
    start = max(0, common - _LEAD) if max(len(mine), len(other)) > _LENGTH else 0
    return _cut(mine, start), _cut(other, start)


def _cut(text: str, start: int) -> str:
    end = start + _LENGTH
    return f"{'...' if start else ''}{text[start:end]}{'...' if len(text) > end else ''}"


_LENGTH, _LEAD = 60, 20


def _version(record: Mapping[str, Any], sure: bool) -> Check:
    made = record["made_with"].get("genbounds") if isinstance(record["made_with"], dict) else None
    if made == __version__:
        return Check("version", True, f"genbounds {made}")
    if not isinstance(made, str):
        return Check("version", False, "it does not say by which version it was made")
    same = "gives the same" if sure else "gives something else"
    return Check("version", sure, f"made by genbounds {made}; this version, {__version__}, {same}")


# --- what the inputs are compared with


class _Given(NamedTuple):
    model: Any
    X: Any
    y: Any
    groups: Any
    loss: Any
    hypothesis_class: Any


def _against_data(found: Certificate, given: _Given, is_model: bool) -> Iterator[Check]:
    data = found.inputs["data"]
    if given.y is None:
        yield Check("targets", None, "give y")
    elif data["targets"] is None:
        yield Check("targets", None, "the certificate is of counts alone")
    else:
        same = len_of(given.y) == data["n"] and digest("y", given.y) == data["targets"]
        yield Check("targets", same, "" if same else "y is not what was certified")
    if given.X is None or data["features"] is None:
        why = "give X" if data["features"] else "the certificate holds no digest of features"
        yield Check("features", None, why)
    else:
        same = table_digest(given.X) == data["features"]
        yield Check("features", same, "" if same else "X is not what was certified")
    yield from _counted_again(found, given, is_model)


def _counted_again(found: Certificate, given: _Given, is_model: bool) -> Iterator[Check]:
    parts = ("predictions", "observations", *(("model",) if is_model else ()))
    said = found.inputs["on"] == "training" and _is_said(found, given)
    lacking = _lacking(found, given, said)
    if found.inputs["on"] == "training" and (lacking or said):
        yield from _without_model(found, given, lacking)
        return
    if lacking:
        yield from (Check(part, None, lacking) for part in parts)
        return
    try:
        again = _certified_again(found, given)
    except ValueError as fault:
        yield from (Check(part, False, f"they cannot be had again: {fault}") for part in parts)
        return
    yield from _compared(found, again, is_model)


def _lacking(found: Certificate, given: _Given, said: bool) -> str:
    """What has to be given before anything can be counted again."""
    if given.model is None or given.y is None:
        return "give y and a model or predictions"
    if found.inputs["on"] != "test" and given.X is None and not said:
        return "give X"
    loss = found.inputs["options"]["loss"]
    return f"give the loss {loss}" if _is_foreign(loss) and given.loss is None else ""


def _is_said(found: Certificate, given: _Given) -> bool:
    """Whether predictions are given for models, whose class they do not tell."""
    said = given.model if isinstance(given.model, Mapping) else {"": given.model}
    known = any(one["class"] != "predictions" for one in found.inputs["models"])
    return known and not all(map(is_model, said.values()))


def _without_model(found: Certificate, given: _Given, lacking: str) -> Iterator[Check]:
    """Of a training certificate: what the predictions show; which class it is they do not."""
    names = [one["name"] for one in found.inputs["models"]]
    said = given.model if isinstance(given.model, Mapping) else dict.fromkeys(names, given.model)
    if lacking:
        yield Check("predictions", None, lacking)
    elif list(said) != names or any(map(is_model, said.values())):
        yield Check("predictions", False, f"give those of {', '.join(names)}")
    else:
        now = {name: digest(name, values) for name, values in said.items()}
        yield _same("predictions", found.inputs["data"]["predictions"], now)
        try:
            yield _errors_again(found, losses_of(Loss(ZERO_ONE), None, given.y, said))
        except ValueError as fault:
            yield Check("errors", False, str(fault))
    why = lacking or "give the model"
    for part in ("observations", "conditions on the class", "model"):
        yield Check(part, None, why)


def _errors_again(found: Certificate, wrong: Mapping[str, Sequence[bool]]) -> Check:
    apart = [s for s in found.statements if sum(wrong[s.subject]) != round(s.observed * s.n)]
    counts = [f"{s.subject} errs {sum(wrong[s.subject])} times" for s in apart[:1]]
    return Check("errors", not apart, _printable("; ".join(counts)))


def _is_foreign(loss: str) -> bool:
    return loss not in NAMED and loss != ZERO_ONE


def _certified_again(found: Certificate, given: _Given) -> Certificate:
    """The same request on what is given now."""
    options, names = found.inputs["options"], [x["name"] for x in found.inputs["models"]]
    one = len(names) == 1 and not isinstance(given.model, Mapping)
    name = names[0] if one else None
    delta, side = options["delta"], options["side"]
    if found.inputs["on"] == "cross-validation":
        return cross_validation(
            given.model, given.X, given.y, delta=delta, side=side, name=names[0]
        )
    if found.inputs["on"] == "training":
        return certify(
            given.model, given.X, given.y, on="training", delta=delta, name=name,
            seed=options["seed"], hypothesis_class=_class(options, given.hypothesis_class),
            margin=options["margin"], max_margin=options["max_margin"],
        )  # fmt: skip
    return certify(
        given.model, given.X, given.y, delta=delta, side=side, name=name, groups=given.groups,
        loss=given.loss if given.loss is not None else options["loss"], width=options["width"],
        clip=options["clip"], method=options["method"] or "betting",
        betting_cap=0.5 if options["betting_cap"] is None else options["betting_cap"],
        selected_from=options["selected_from"], population_size=options["population_size"],
        seed=options["seed"],
    )  # fmt: skip


def _class(options: Mapping[str, Any], given: Any) -> Any:
    if given is not None or options["hypothesis_class"] is None:
        return given
    return of_record(options["hypothesis_class"])


def _compared(found: Certificate, again: Certificate, is_model: bool) -> Iterator[Check]:
    old, new = found.inputs, again.inputs
    yield _same("predictions", old["data"]["predictions"], new["data"]["predictions"])
    if old["data"]["groups"] and not new["data"]["groups"]:
        yield Check("groups", None, "give groups")
        old, new = _ungrouped(old), _ungrouped(new)
    elif old["data"]["groups"]:
        yield _same("groups", old["data"]["groups"], new["data"]["groups"])
    yield _same("observations", old["observations"], new["observations"])
    yield _same("options", old["options"], new["options"])
    yield _same("remarks", old["remarks"], new["remarks"])
    if is_model:
        yield _same("model", old["models"], new["models"])


def _ungrouped(inputs: Mapping[str, Any]) -> dict[str, Any]:
    kept = [one for one in inputs["observations"] if not one.get("group")]
    return {**inputs, "observations": kept}


def _same(what: str, old: Any, new: Any) -> Check:
    apart = differences(old, new)
    return Check(what, not apart, _listed(apart, old, new))
