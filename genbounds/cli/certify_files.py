"""A trained model and a table from files: what is loaded, and what is refused to be loaded."""

import math
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from genbounds.cli.class_words import split_names
from genbounds.cli.files import by_commas, chosen_columns
from genbounds.cli.points import Choice
from genbounds.cli.words import Command

_POWER = re.compile(r"\d+[eE]\d+")
PICKLES = (".joblib", ".pkl", ".pickle")
WHY = (
    "is a pickle, and loading a pickle runs whatever code it holds: give --trust-pickle if you "
    "trust where it comes from, save the model with skops instead, or give a column of its "
    "predictions (--prediction)"
)


def data_options(command: Command) -> Command:
    """The columns of the table, and what may be loaded."""
    for option in reversed([
        click.option("--target", help="The column of DATA that holds the true values."),
        click.option("--prediction", multiple=True, help="A column of predictions; repeatable."),
        click.option("--groups", help="A column of DATA: a statement for each of its values too."),
        click.option("--features", help="Columns that are features, separated by commas."),
        click.option("--leave-out", help="Columns that are no features."),
        click.option("--trust-pickle", is_flag=True, help="Load a pickle, with the code in it."),
        click.option("--trust", multiple=True, metavar="TYPE", help="A type in a .skops file."),
    ]):  # fmt: skip
        command = option(command)
    return command


def read_files(
    files: tuple[str, ...], options: dict[str, Any], *, as_text: bool = False
) -> tuple[Any, "Rows", dict[str, Any]]:
    """The model or None, the rows (targets and predictions as text if asked), what is left."""
    rest = dict(options)
    target, predictions, groups = (rest.pop(key) for key in ("target", "prediction", "groups"))
    choice = Choice(
        split_names("--features", rest.pop("features")),
        split_names("--leave-out", rest.pop("leave_out")),
    )
    trust_pickle, trust = rest.pop("trust_pickle"), rest.pop("trust")
    if len(files) > 2:
        raise click.UsageError(f"one MODEL and one DATA file, got {len(files)} files")
    if len(files) == 1 and not predictions:
        raise click.UsageError("give a MODEL before DATA, or --prediction COLUMN")
    if len(files) == 2 and predictions:
        raise click.UsageError("give a MODEL or --prediction COLUMN, not both")
    if not target:
        raise click.UsageError("--target COLUMN is needed: the true values")
    model = load_model(files[0], trust_pickle, trust) if len(files) == 2 else None
    rows = read_rows(files[-1], target, predictions, groups, choice, model, as_text=as_text)
    return model, rows, rest


# --- models


def load_model(path: str, trust_pickle: bool, trusted: Sequence[str]) -> Any:
    """The model in a file; nothing is run that was not trusted."""
    kind = Path(path).suffix.lower()
    if kind == ".skops":
        return _from_skops(path, list(trusted))
    if kind not in PICKLES:
        raise click.UsageError(f"{path}: a model is a file .skops, {', '.join(PICKLES)}")
    if trusted:
        raise click.UsageError("--trust goes with .skops: a pickle is trusted as a whole or not")
    if not trust_pickle:
        raise click.UsageError(f"{path} {WHY}")
    return _from_pickle(path)


def _from_pickle(path: str) -> Any:
    try:
        from joblib import load
    except ImportError:
        raise click.UsageError(f"{path}: reading it needs joblib (pip install joblib)") from None
    try:
        return load(path)
    except Exception as fault:  # a pickle may raise anything
        raise click.UsageError(f"{path} could not be loaded: {_line(fault)}") from None


def _from_skops(path: str, trusted: list[str]) -> Any:
    try:
        from skops import io
    except ImportError:
        raise click.UsageError(f"{path}: reading it needs skops (pip install skops)") from None
    try:
        unknown = [name for name in io.get_untrusted_types(file=path) if name not in trusted]
        if unknown:
            words = " ".join(f"--trust {name}" for name in unknown)
            raise click.UsageError(
                f"{path} holds types that are not known to be safe: {', '.join(unknown)} (if you "
                f"trust them: {words})"
            )
        return io.load(path, trusted=trusted)
    except click.UsageError:
        raise
    except Exception as fault:  # a broken archive may raise anything
        raise click.UsageError(f"{path} is no model saved by skops: {_line(fault)}") from None


def _line(fault: Exception) -> str:
    return f"{type(fault).__name__}: {' '.join(str(fault).split()):.200}"


# --- tables


class Rows(NamedTuple):
    """The columns of a file that were asked for; features as the model takes them, or None."""

    y: list[Any]
    features: Any = None
    predictions: dict[str, list[Any]] | None = None
    groups: list[Any] | None = None


def read_rows(
    path: str, target: str, predictions: Sequence[str], groups: str | None, choice: Choice,
    model: Any, *, as_text: bool = False,
) -> Rows:  # fmt: skip
    """The target, the groups, and either the predictions or the features of the model.

    Features are the columns that the model names, else those chosen, else all others.
    """
    special = [target, *predictions, *([groups] if groups else [])]
    if len(set(special)) < len(special):
        raise ValueError(f"a column is named twice among {', '.join(special)}")
    wanted: list[str] = []

    def choose(names: list[str]) -> list[str]:
        if model is not None or not choice.is_open:
            wanted.extend(_features(path, names, special, choice, model))
        return list(dict.fromkeys([*special, *wanted]))

    cells = chosen_columns(path, choose, "value")
    typed = {name: as_values(column) for name, column in cells.items() if name not in special}
    # targets and predictions are numbers together or text together: 1 and 1.0 are one label
    labels = [cells[name] for name in (target, *predictions)]
    labels = labels if as_text or any(map(_is_spelt, labels)) else _alike(labels)
    return Rows(
        labels[0],
        _table(typed, wanted, model) if wanted else None,
        dict(zip(predictions, labels[1:], strict=True)) if predictions else None,
        cells[groups] if groups else None,
    )


def _features(
    path: str, names: Sequence[str], special: Sequence[str], choice: Choice, model: Any
) -> list[str]:
    known = getattr(model, "feature_names_in_", None)
    if known is not None and choice.is_open:
        missing = [str(name) for name in known if name not in names]
        if missing:
            raise ValueError(
                f"{path} lacks the column {missing[0]!r} that the model was fitted on"
                f"{by_commas(names)}"
            )
        return [str(name) for name in known]
    if not choice.is_open:
        return [
            name for name in choice.among(path, names) if choice.features or name not in special
        ]
    return [name for name in names if name not in special]


def as_values(cells: list[Any]) -> list[Any]:
    """Cells of text as numbers or truths where all of them are such."""
    return _alike([cells])[0]


def _alike(columns: list[list[Any]]) -> list[list[Any]]:
    every = [x for column in columns for x in column]
    if not all(isinstance(x, str) for x in every):
        return columns
    if set(every) <= {"True", "False"}:
        return [[x == "True" for x in column] for column in columns]
    if any(len(x) > 1 and x[0] == "0" and x.isdigit() for x in every):
        return columns  # identifiers such as 01234
    try:
        return [[_number(x) for x in column] for column in columns]
    except ValueError:
        return columns


def _is_spelt(column: list[Any]) -> bool:
    """Whether 1e1 stands beside 10: names then, not one number."""
    plain = {x for x in column if isinstance(x, str)}
    powers = [x for x in plain if _POWER.fullmatch(x)]
    return any(str(int(float(x))) in plain for x in powers if float(x) < math.inf)


def _number(text: str) -> Any:
    if "_" in text:  # which Python would read over
        raise ValueError(text)
    try:
        return int(text)
    except ValueError:
        return float(text)


def _table(columns: dict[str, list[Any]], names: Sequence[str], model: Any) -> Any:
    """A data frame for a model that was fitted on one, or where the columns are not all numbers."""
    import numpy as np

    chosen = {name: columns[name] for name in names}
    numeric = all(not isinstance(x, str) for column in chosen.values() for x in column)
    if numeric and not hasattr(model, "feature_names_in_"):
        return np.column_stack([np.asarray(column) for column in chosen.values()])
    try:
        from pandas import DataFrame
    except ImportError:
        raise click.UsageError("this model takes a data frame: pip install pandas") from None
    return DataFrame(chosen)
