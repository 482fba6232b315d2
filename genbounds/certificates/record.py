"""The file format: canonical JSON, its seal, and one clear error for what is no certificate."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

FORMAT = "genbounds certificate 1"
PARTS = ("format", "made_with", "inputs", "results", "seal")


def canonical(record: Any) -> str:
    """The one way to write a record: keys sorted, no blanks, ASCII, no NaN and no infinity."""
    return json.dumps(
        record, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False
    )


def seal(record: Mapping[str, Any]) -> str:
    """SHA-256 of everything but the seal."""
    rest = {key: value for key, value in record.items() if key != "seal"}
    return hashlib.sha256(canonical(rest).encode("ascii")).hexdigest()


def pretty(record: Mapping[str, Any]) -> str:
    """For a file: one value a line."""
    return json.dumps(record, indent=1, sort_keys=True, allow_nan=False) + "\n"


# --- reading


def read_record(source: Any) -> dict[str, Any]:
    """The record in a file, or a mapping as it is; `ValueError` where it is no certificate."""
    if isinstance(source, Mapping):
        return _checked("the record", dict(source))
    if not isinstance(source, (str, PathLike)):
        raise ValueError(f"a certificate, its record or a path is needed, got {source!r:.60}")
    path = Path(source)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ValueError(f"{path} is not UTF-8 text, so no certificate") from None
    except OSError as fault:
        raise ValueError(f"{path} cannot be read: {fault.strerror}") from None
    return _checked(str(path), _parsed(path, text))


def _parsed(path: Path, text: str) -> Any:
    if not text.strip():
        raise ValueError(f"{path} is empty")
    try:
        return json.loads(text, object_pairs_hook=_each_once, parse_constant=_no_number)
    except json.JSONDecodeError as fault:
        cut = "" if text.rstrip().endswith("}") else " (is the file cut off?)"
        raise ValueError(f"{path} is no JSON: {fault}{cut}") from None
    except (ValueError, RecursionError) as fault:
        raise ValueError(f"{path} is no certificate: {fault}") from None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"the key {next(k for k in keys if keys.count(k) > 1)!r} occurs twice")
    return found


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no number of JSON")


def _checked(where: str, record: Any) -> dict[str, Any]:
    if not isinstance(record, dict) or "format" not in record:
        raise ValueError(f"{where} is no certificate of genbounds: it names no format")
    if record["format"] != FORMAT:
        raise ValueError(
            f"{where} has the format {record['format']!r:.60}, this version reads {FORMAT!r}"
        )
    missing = [part for part in PARTS if part not in record]
    if missing:
        raise ValueError(f"{where} is incomplete: it lacks {', '.join(missing)}")
    try:
        canonical(record)
    except (TypeError, ValueError, RecursionError) as fault:
        raise ValueError(f"{where} holds what JSON cannot: {fault}") from None
    return record


# --- leaves


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every leaf with its path; an empty list or object is a leaf."""
    if isinstance(value, (dict, list)) and value:
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in items:
            yield from leaves(inner, f"{path}.{key}" if path else str(key))
    else:
        yield path, value


def differences(recorded: Any, found: Any) -> list[str]:
    """Paths at which two records differ, 1, 1.0 and true being three things."""
    first, second = dict(leaves(recorded)), dict(leaves(found))
    paths = [path for path in first if path not in second or not _same(first[path], second[path])]
    return paths + [path for path in second if path not in first]


def _same(a: Any, b: Any) -> bool:
    return canonical(a) == canonical(b)


# --- options

AT_REST: dict[str, Any] = {
    "delta": 0.05, "side": "upper", "loss": "zero_one", "width": None, "clip": False,
    "method": None, "betting_cap": None, "selected_from": 1, "population_size": None,
    "seed": None, "hypothesis_class": None, "margin": None, "max_margin": None,
}  # fmt: skip
_APPLY = {
    "test": ("delta", "side", "loss", "selected_from", "population_size", "seed"),
    "training": ("delta", "seed", "hypothesis_class", "margin", "max_margin"),
    "cross-validation": ("delta", "side"),
}
_OF_LOSSES = ("width", "clip", "method", "betting_cap")


def options_of(**given: Any) -> dict[str, Any]:
    """Every option, those that do not apply at rest."""
    return AT_REST | given


def _idle(inputs: Mapping[str, Any]) -> Iterator[str]:
    """Options that do not apply and are not at rest."""
    options, of_losses = inputs["options"], inputs["options"]["loss"] != AT_REST["loss"]
    apply = (*_APPLY[inputs["on"]], *(_OF_LOSSES if of_losses else ()))
    for name in AT_REST:
        if name not in apply and options[name] != AT_REST[name]:
            yield f"inputs.options.{name} does not apply here"


# --- what the inputs must look like

_VERSION = re.compile(r"[\w.+!-]{1,60}")

_NUMBER = (int, float)
_OPTIONS: dict[str, Any] = {
    "delta": _NUMBER, "side": str, "loss": str, "width": (*_NUMBER, type(None)), "clip": bool,
    "method": (str, type(None)), "betting_cap": (*_NUMBER, type(None)), "selected_from": int,
    "population_size": (int, type(None)), "seed": (int, type(None)),
    "hypothesis_class": (dict, type(None)), "margin": (*_NUMBER, type(None)),
    "max_margin": (*_NUMBER, type(None)),
}  # fmt: skip
_INPUTS: dict[str, Any] = {
    "on": str,
    "options": _OPTIONS,
    "models": [{"name": str, "class": str, "parameters": dict}],
    "data": {"n": int, "features": (dict, type(None)), "targets": (str, type(None)),
             "groups": dict, "predictions": dict},
    "observations": [dict],
    "remarks": [str],
}  # fmt: skip
_FEATURES: dict[str, Any] = {"rows": int, "columns": int, "sha256": str}
_OBSERVED: dict[str, list[dict[str, Any]]] = {
    "test": [
        {"model": str, "group": str, "n": int, "errors": int},
        {"model": str, "group": str, "n": int, "losses": [_NUMBER]},
        {"model": str, "second": str, "n": int, "first_only": int, "second_only": int},
    ],
    "cross-validation": [{"fold": int, "n": int, "errors": int}],
    "training": [{
        "model": str, "n": int, "observed": _NUMBER, "bound": str, "facts": dict,
        "delta": _NUMBER, "given": [str], "notes": [str], "replaced": [str],
    }],
}  # fmt: skip


def check_inputs(inputs: Any) -> None:
    """`ValueError` names what is missing, unknown or of a wrong type among the inputs."""
    faults = [*_unprintable(inputs), *_faults(inputs, _INPUTS, "inputs")]
    if faults:
        raise ValueError("; ".join(faults))
    if inputs["on"] not in _OBSERVED:
        raise ValueError(f"inputs.on must be one of {', '.join(_OBSERVED)}")
    faults = list(_idle(inputs))
    shapes = _OBSERVED[inputs["on"]]
    for i, one in enumerate(inputs["observations"]):
        fitting = [shape for shape in shapes if shape.keys() == one.keys()]
        shape = fitting[0] if fitting else shapes[0]
        faults += _faults(one, shape, f"inputs.observations.{i}")
    if inputs["data"]["features"] is not None:
        faults += _faults(inputs["data"]["features"], _FEATURES, "inputs.data.features")
    for kind in ("groups", "predictions"):
        digests = inputs["data"][kind]
        faults += _faults(digests, dict.fromkeys(digests, str), f"inputs.data.{kind}")
    if faults:
        raise ValueError("; ".join(faults))
    _check_sizes(inputs["data"])


def _check_sizes(data: Mapping[str, Any]) -> None:
    """`ValueError` unless the rows and the features agree on how many there are."""
    n, features = data["n"], data["features"]
    if n < 1:
        raise ValueError(f"inputs.data.n must be at least 1, got {n}")
    if features is not None and features["rows"] != n:
        raise ValueError(f"the features have {features['rows']} rows, the data {n}")


def check_versions(made_with: Any, models: Sequence[Mapping[str, Any]]) -> None:
    """`ValueError` unless versions are named of this program and of what the models are made of."""
    if not isinstance(made_with, dict) or not made_with:
        raise ValueError("made_with must name versions")
    libraries = {model["class"].split(".")[0] for model in models}
    known = {"genbounds", "python", "numpy", *libraries}
    for name, version in made_with.items():
        plain = isinstance(version, str) and _VERSION.fullmatch(version)
        if name not in known or not plain:
            raise ValueError(
                f"made_with names {name!r:.40} as {version!r:.40}, which is no version"
            )


def _unprintable(inputs: Any) -> Iterator[str]:
    """Texts that could change what a terminal shows."""
    for path, value in leaves(inputs, "inputs"):
        if not path.isprintable() or (isinstance(value, str) and not value.isprintable()):
            yield f"{path!a} holds signs that cannot be printed"


def _faults(value: Any, shape: Any, path: str) -> Iterator[str]:
    if isinstance(shape, dict):
        yield from _faults_of_object(value, shape, path)
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield f"{path} must be a list"
            return
        for i, one in enumerate(value):
            yield from _faults(one, shape[0], f"{path}.{i}")
    elif not isinstance(value, shape) or (isinstance(value, bool) and shape is not bool):
        yield f"{path} is of a wrong type: {value!r:.40}"


def _faults_of_object(value: Any, shape: dict[str, Any], path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path} must be an object"
        return
    for key in [key for key in shape if key not in value]:
        yield f"{path} lacks {key}"
    for key in [key for key in value if key not in shape]:
        yield f"{path} has an unknown {key!r:.40}"
    for key in [key for key in shape if key in value]:
        yield from _faults(value[key], shape[key], f"{path}.{key}")
