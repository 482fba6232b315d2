"""Hypothesis classes in words: a name, and its parameters as options."""

import inspect
import re
import shlex
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple, NoReturn

import click

from genbounds.cli.words import to_number

OPEN_ENDED = {"ignore_unknown_options": True}
"""Settings of a command whose further options are the parameters of a class."""

FINITE = "finite"
_OF_COLUMNS = ("dim", "features", "bits")
"""Parameters that are, where they are not given, the number of columns of the data."""
_OF_FUNCTIONS = ("vector-space", "class-sensitive-features")
"""Classes whose `dim` is that of a space of functions, whatever the number of columns."""
_OF_ARRAYS = ("trace-norm-ball", "multiple-kernel-ball")
"""Classes whose points may come in an array of three dimensions."""
_ONLY_IN_PYTHON = ("X", "feature_map")
_INNER = ("of", "base", "first", "second")
_SWITCHES = {"true": True, "yes": True, "false": False, "no": False}


_DATA = (
    click.option("--features", help="Columns of DATA by name, separated by commas; or all."),
    click.option("--leave-out", help="Columns of DATA that are no features, such as the target."),
    click.option(
        "--transpose", is_flag=True,
        help="With --class finite: DATA has a column for each hypothesis and a row for each point.",
    ),
)  # fmt: skip


def data_options(command: Any) -> Any:
    """--features, --leave-out and --transpose: what DATA holds."""
    for option in reversed(_DATA):
        command = option(command)
    return command


def split(words: Iterable[str]) -> tuple[list[str], dict[str, Any]]:
    """Plain words, and `--name value` or `--name=value` as parameters; None where none follows."""
    plain: list[str] = []
    parameters: dict[str, Any] = {}
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if not _is_option(word):
            plain.append(word)
            continue
        option, _, value = word.partition("=")
        if not value and rest and not _is_option(rest[0]):
            value = rest.pop(0)
        name = option.lstrip("-").replace("-", "_")
        if name in parameters:
            raise click.UsageError(f"option {option} is given twice")
        parameters[name] = value.strip() or None
    return plain, parameters


def _is_option(word: str) -> bool:
    """An option has two dashes; one dash is also a number's sign."""
    return word.startswith("--") or (bool(re.match(r"-[A-Za-z]", word)) and word != "-inf")


def split_names(option: str, text: str | None) -> list[str]:
    """Names separated by commas, in quotes where they hold one."""
    if text is None:
        return []
    import csv

    names = [name.strip() for name in next(csv.reader([text], skipinitialspace=True), [])]
    if not all(names) or not names:
        raise click.UsageError(f"{option} names columns, separated by commas; got {text!r}")
    return names


def class_named(name: str) -> tuple[str, type[Any]]:
    """The name and the type of a class, spelt linear-ball, linear_ball or LinearBall."""
    from genbounds.classes import names

    known = names()
    spelt = {_bare(kind.__name__): own for own, kind in known.items()}
    spelt |= {_bare(own): own for own in known}
    if _bare(name) in spelt:
        own = spelt[_bare(name)]
        return own, known[own]
    from difflib import get_close_matches

    near = dict.fromkeys(spelt[x] for x in get_close_matches(_bare(name), spelt, n=3, cutoff=0.6))
    hint = f"did you mean {', '.join(near)}?" if near else "`genbounds classes` lists them"
    raise click.UsageError(f"no hypothesis class is called {name!r}: {hint}")


def is_class(name: str) -> bool:
    """Whether a word names a class."""
    try:
        class_named(name)
    except click.UsageError:
        return False
    return True


def _bare(name: str) -> str:
    return re.sub(r"[-_ ]", "", name).lower()


def parameters_of(kind: type[Any]) -> dict[str, inspect.Parameter]:
    """The parameters of a class that a command line can give."""
    accepted = inspect.signature(kind).parameters
    return {name: p for name, p in accepted.items() if name not in _ONLY_IN_PYTHON}


def hypothesis_class(
    name: str, parameters: Mapping[str, Any], columns: int | None = None,
    own_options: Iterable[str] = (),
) -> Any:  # fmt: skip
    """The class; a missing number of features is that of the data.

    `own_options` are those of the command, which a misspelt option may have meant as well.
    """
    own, kind = class_named(name)
    accepted = parameters_of(kind)
    _check_names(own, parameters, accepted, own_options)
    given = {key: _value(own, accepted[key], word, columns) for key, word in parameters.items()}
    for key in _OF_COLUMNS:
        if columns is not None and key in accepted and own not in _OF_FUNCTIONS:
            given.setdefault(key, columns)
    missing = [key for key, p in accepted.items() if p.default is p.empty and key not in given]
    if missing:
        raise click.UsageError(f"{own} needs {_options(missing)}")
    return _made(kind, accepted, given)


class OnData(NamedTuple):
    """A class and the points in a file; of a finite class they are the numbers of its columns."""

    H: Any
    X: Any
    note: str = ""

    def remark(self) -> None:
        """What the user may have forgotten, to stderr."""
        if self.note:
            click.echo(f"note: {self.note}", err=True)


def class_on_data(
    path: str, name: str, parameters: Mapping[str, Any], *, features: str | None,
    leave_out: str | None, transpose: bool, own_options: Iterable[str] = (),
) -> OnData:  # fmt: skip
    """The class on what the file holds."""
    from genbounds.cli.points import Choice, named_columns, read_points, width

    own, _ = class_named(name)
    choice = Choice(split_names("--features", features), split_names("--leave-out", leave_out))
    if own == FINITE:
        H = _finite_class(path, choice, transpose, parameters, own_options)
        return OnData(H, H.points(None)[:, 0])
    if transpose:
        raise click.UsageError("--transpose goes with --class finite")
    X = read_points(path, choice)
    columns = width(X)
    if columns is None and own not in _OF_ARRAYS:
        raise click.UsageError(f"{path} has shape {X.shape}: {own} takes a table of points")
    forgotten = choice.is_open and named_columns(path) and columns != 1
    note = (
        f"all {columns} columns are features; --leave-out names one that is not, such as the target"
    )
    H = hypothesis_class(own, parameters, columns, own_options)
    return OnData(H, X, note if forgotten else "")


def _finite_class(
    path: str, choice: Any, transpose: bool, parameters: Mapping[str, Any],
    own_options: Iterable[str],
) -> Any:  # fmt: skip
    from genbounds.cli.points import read_matrix

    if "predictions" in parameters:
        raise click.UsageError("DATA is the matrix of predictions: leave out --predictions")
    if not transpose and not choice.is_open:
        raise click.UsageError(
            "--features and --leave-out go with --class finite where --transpose says that DATA "
            "has a column for each hypothesis"
        )
    matrix = read_matrix(path, choice if transpose else None)
    return hypothesis_class(FINITE, {**parameters, "predictions": matrix}, None, own_options)


def _made(kind: type[Any], accepted: Mapping[str, inspect.Parameter], given: dict[str, Any]) -> Any:
    several = next((key for key, p in accepted.items() if p.kind is p.VAR_POSITIONAL), "")
    try:
        return kind(*given.pop(several, ()), **given)
    except ValueError as fault:
        raise click.UsageError(_in_options(str(fault))) from None
    except (OverflowError, MemoryError):
        raise click.UsageError(f"{kind.__name__} of {given} is too large") from None


def _in_options(message: str) -> str:
    """Arguments as the options that the user types: values='scores' is --values scores."""
    return re.sub(r"\b(values|positive)='?(\w*)'?", r"--\1 \2", message).replace("  ", " ")


def _check_names(
    name: str, parameters: Mapping[str, Any], accepted: Iterable[str], own_options: Iterable[str]
) -> None:
    unknown = [key for key in parameters if key not in accepted]
    if unknown:
        refuse_option(unknown[0], f"{name} takes {_options(accepted)}", [*accepted, *own_options])
    empty = [key for key, word in parameters.items() if word is None]
    if empty:
        raise click.UsageError(f"option {_options(empty)} needs a value")


def refuse_option(name: str, otherwise: str, known: Iterable[str]) -> NoReturn:
    """No such option: the nearest that there is, or else what there is."""
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), n=1, cutoff=0.7)
    hint = f"did you mean {_options(near)}?" if near else otherwise
    raise click.UsageError(f"no such option {_options([name])}: {hint}")


def _options(names: Iterable[str]) -> str:
    return ", ".join(f"--{name.replace('_', '-')}" for name in names) or "no parameters"


# --- values


def _value(name: str, parameter: inspect.Parameter, word: Any, columns: int | None) -> Any:
    """A word as the value that the parameter takes."""
    if not isinstance(word, str):
        return _plain(word)
    if parameter.kind is parameter.VAR_POSITIONAL:
        comma = ";" if ";" in word else ","
        return tuple(class_in_words(part, columns) for part in word.split(comma))
    if parameter.name in _INNER:
        return class_in_words(word, _columns_of_inner(name, columns))
    if parameter.name == "predictions":
        from genbounds.cli.points import read_matrix

        return read_matrix(word)
    listed = "Sequence" in str(parameter.annotation) or parameter.name == "widths"
    if "," in word or listed:
        return tuple(_read(part.strip()) for part in word.split(","))
    return _SWITCHES.get(word.lower(), word) if parameter.annotation is bool else _read(word)


def _columns_of_inner(name: str, columns: int | None) -> int | None:
    """What is left of the columns for the class inside another one."""
    if columns is None or name == "products":
        return None
    return columns - 1 if name == "loss-constrained" else columns


def class_in_words(text: str, columns: int | None = None) -> Any:
    """A class in one word, or in quotes with its parameters: --of "boxes --dim 2"."""
    try:
        names, parameters = split(shlex.split(text))
    except ValueError as fault:
        raise click.UsageError(f"{text!r}: {fault}") from None
    if len(names) != 1:
        raise click.UsageError(
            f"{text!r} is no class: write a name, or in quotes a name and its parameters, such as "
            "'boxes --dim 2'"
        )
    return hypothesis_class(names[0], parameters, columns)


def _read(word: str) -> Any:
    try:
        return _plain(to_number(word))
    except (ValueError, ArithmeticError):
        return word


def _plain(value: Any) -> Any:
    """Parameters of classes are integers and floats."""
    if not isinstance(value, Fraction):
        return value
    return value.numerator if value.denominator == 1 else float(value)


def shared(
    name: str, parameters: dict[str, Any], options: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Options that the command knows by itself but that name a parameter of the class."""
    accepted = parameters_of(class_named(name)[1])
    moved = {k: v for k, v in options.items() if k in accepted and v is not None}
    left = {k: v for k, v in options.items() if k not in moved}
    return {**parameters, **moved}, left
