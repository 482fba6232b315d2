"""`worlds`: what the referee tests bounds in; and worlds in words, a name with its parameters."""

import inspect
import json
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

import click

from genbounds.cli.class_words import class_in_words, refuse_option
from genbounds.cli.output import Out, output_options
from genbounds.cli.words import to_number

_ONLY_IN_PYTHON = (
    "FiniteWorld", "Posteriors", "tuple[Rows, ...]", "tuple[tuple[str, tuple[Any, ...]], ...]",
)  # fmt: skip
"""Types of parameters that hold worlds or several tables: a file says them."""
_SWITCHES = {"true": True, "yes": True, "false": False, "no": False, None: True}


@click.command("worlds", short_help="The worlds that bounds are tested in.")
@click.argument("name", required=False)
@output_options
def worlds_command(name: str | None, format_: str, style: str | None, quiet: bool) -> None:
    """The worlds with a known truth: their parameters, and one line each.

    \b
    genbounds worlds
    genbounds worlds thresholds

    `genbounds validate mohri --world thresholds --n 200 --noise .1` tests a bound in one of them.
    """
    from genbounds.rendering import Table

    found = known_worlds() if name is None else {name: kind_of(name)}
    records = [_record(title, kind) for title, kind in found.items()]
    table = Table(("world", "parameters", "about"), [tuple(record.values()) for record in records])
    Out(format_, style, quiet).show(
        quiet=lambda: "\n".join(found),
        data=lambda: records,
        table=lambda: table,
        text=lambda: _listed(records) if name is None else _told(name, found[name]),
    )


def _record(title: str, kind: type[Any]) -> dict[str, str]:
    words = ", ".join(map(_default, parameters_of(kind).values()))
    return {"world": title, "parameters": words, "about": _about(kind)}


def _default(parameter: inspect.Parameter) -> str:
    """The option, with its default where it has one."""
    option = f"--{parameter.name.replace('_', '-')}"
    if parameter.default is parameter.empty:
        return option
    return f"{option} {_written(parameter.default)}"


def _written(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "none", True: "yes", False: "no"}[value]
    return ",".join(map(_written, value)) if isinstance(value, tuple) else str(value)


def _about(kind: type[Any]) -> str:
    return (kind.__doc__ or "").partition("\n")[0].replace("`", "")


def _listed(records: Iterable[Mapping[str, str]]) -> str:
    """The world, its parameters, and below them what it is."""
    from genbounds.rendering import wrapped

    lines = []
    for record in records:
        lines += wrapped(f"{record['world']}  {record['parameters']}".rstrip(), "", "      ")
        lines += wrapped(record["about"], "    ", "    ")
    return "\n".join(lines)


def _told(name: str, kind: type[Any]) -> str:
    """Everything that the world says of itself, its examples aside."""
    text = inspect.getdoc(kind) or ""
    options = ", ".join(map(_default, parameters_of(kind).values())) or "none"
    return f"{name}\n\n{text.partition('>>>')[0].rstrip()}\n\nparameters: {options}"


# --- worlds in words


def known_worlds() -> dict[str, type[Any]]:
    """The worlds that a command line can name: those whose parameters words can say."""
    from genbounds.referee.worlds import load
    from genbounds.referee.worlds.base import WORLDS

    load()
    return {name: kind for name, kind in sorted(WORLDS.items()) if _sayable(kind)}


def _sayable(kind: type[Any]) -> bool:
    house = kind.__module__.startswith("genbounds.")
    accepted = inspect.signature(kind).parameters.values()
    return house and not any(p.annotation in _ONLY_IN_PYTHON for p in accepted if _needed(p))


def _needed(parameter: inspect.Parameter) -> bool:
    return parameter.default is parameter.empty


def kind_of(name: str) -> type[Any]:
    """The world of this name, spelt with dashes or underscores."""
    known = known_worlds()
    spelt = name.replace("_", "-").lower()
    if spelt in known:
        return known[spelt]
    from difflib import get_close_matches

    near = get_close_matches(spelt, known, n=3, cutoff=0.6)
    hint = f"did you mean {', '.join(near)}?" if near else "`genbounds worlds` lists them"
    raise click.UsageError(f"no world is called {name!r}: {hint}")


def parameters_of(kind: type[Any]) -> dict[str, inspect.Parameter]:
    """The parameters of a world that a command line can give."""
    accepted = inspect.signature(kind).parameters
    return {name: p for name, p in accepted.items() if p.annotation not in _ONLY_IN_PYTHON}


def world_and_facts(
    name: str, options: Mapping[str, Any], facts: Iterable[str], own_options: Iterable[str]
) -> tuple[Any, dict[str, Any]]:
    """The world, and what is left of the options: `facts`, which the bound wants fixed before.

    `name` is a world's, or @FILE for one that `to_dict` wrote, whose parameters are in the file.
    An option that both could take is the world's, unless it is the command's own.
    """
    if name.startswith("@"):
        return _in_file(name[1:]), facts_in(options, facts, own_options)
    kind = kind_of(name)
    accepted = {k: p for k, p in parameters_of(kind).items() if k not in own_options}
    given = {key: value for key, value in options.items() if key in accepted}
    left = {key: value for key, value in options.items() if key not in accepted}
    fixed = facts_in(left, facts, [*own_options, *accepted])
    missing = [key for key, p in accepted.items() if _needed(p) and key not in given]
    if missing:
        names = ", ".join(f"--{key.replace('_', '-')}" for key in missing)
        raise click.UsageError(f"the world {name} needs {names}")
    return kind(**{key: _value(accepted[key], word) for key, word in given.items()}), fixed


def facts_in(
    options: Mapping[str, Any], facts: Iterable[str], others: Iterable[str]
) -> dict[str, Any]:
    """Options as arguments of a bound; what is no argument of it is refused."""
    taken = list(facts)
    for name in options:
        if name not in taken:
            refuse_option(name, "neither the world nor the bound takes it", [*taken, *others])
    return {name: _number(name, word) for name, word in options.items()}


def _in_file(path: str) -> Any:
    from genbounds.referee.worlds import world_of

    with open(path, encoding="utf-8") as file:
        return world_of(json.load(file))


def _value(parameter: inspect.Parameter, word: str | None) -> Any:
    """A word as the value that a parameter takes, by its type."""
    kind = str(parameter.annotation)
    if kind == "bool":
        return _SWITCHES.get(word and word.lower(), word)
    if word is None:
        raise click.UsageError(f"option --{parameter.name.replace('_', '-')} needs a value")
    if kind == "HypothesisClass":
        return class_in_words(word)
    tables = kind.startswith(("tuple[tuple", "Rows"))
    if tables or (kind.startswith("tuple") and ";" in word):
        return tuple(tuple(map(_scalar, row.split(","))) for row in word.split(";"))
    if kind.startswith("tuple"):
        return tuple(map(_scalar, word.split(",")))
    value = _scalar(word)
    return float(value) if kind == "float" and isinstance(value, Fraction) else value


def _scalar(word: str) -> Any:
    try:
        return to_number(word.strip())
    except (ValueError, ArithmeticError):
        return word.strip()


def _number(name: str, word: str | None) -> Any:
    try:
        return to_number(word or "")
    except (ValueError, ArithmeticError):
        raise click.UsageError(f"--{name.replace('_', '-')} takes a number, got {word!r}") from None
