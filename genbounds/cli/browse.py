"""`list`, `show` and `completion`: what there is."""

from typing import Any

import click

from genbounds.cli.output import Out, output_options
from genbounds.cli.words import complete_bound, explained
from genbounds.rendering import Report, Table, as_text
from genbounds.variables import VARIABLES


@click.command("list")
@click.option("--family", help="One family, a file of the catalogue: vc, test_set, finite ...")
@click.option(
    "--claim",
    multiple=True,
    metavar="WORD",
    help="A word of the claim: every_hypothesis, realizable ...",
)
@click.option(
    "--know", metavar="NAMES", help="Bounds that take nothing but these arguments: n,delta,vc-dim"
)
@click.option("--status", type=click.Choice(["proved", "printed", "refuted", "order"]))
@output_options
def list_command(
    family: str | None, claim: tuple[str, ...], know: str | None, status: str | None, format_: str,
    style: str | None, quiet: bool,
) -> None:  # fmt: skip
    """List the catalogue.

    \b
    genbounds list --family vc
    genbounds list --claim consistent_hypotheses
    genbounds list --know n,delta,vc-dim --status proved
    """
    from genbounds.registry import catalogue

    with explained():
        if family is not None and family not in catalogue.families:
            raise ValueError(
                f"no family is called {family!r}: there are {', '.join(catalogue.families)}"
            )
        known = _known(know)
        found = [
            bound for bound in catalogue.values()
            if (family is None or bound.family == family)
            and (status is None or bound.status == status)
            and set(claim) <= set(bound.claim)
            and (known is None or _feeds(bound, known))
        ]  # fmt: skip
    table = Table(
        ("name", "family", "status", "side", "of what", "for whom", "arguments"),
        [
            (
                b.name,
                b.family,
                b.status,
                b.claim.side,
                _about(b),
                b.claim.scope,
                ", ".join(b.arguments),
            )
            for b in found
        ],
    )
    Out(format_, style, False).show(
        quiet=lambda: "", data=table.records, table=lambda: table,
        text=lambda: "\n".join(b.name for b in found) if quiet else table.render("table"),
    )  # fmt: skip


def _about(bound: Any) -> str:
    return (
        bound.claim.quantity
        if bound.claim.form == "value"
        else f"{bound.claim.form}, {bound.claim.quantity}"
    )


def _known(words: str | None) -> set[str] | None:
    if words is None:
        return None
    names = {word.strip().replace("-", "_") for word in words.split(",")}
    unknown = names - VARIABLES.keys()
    if unknown:
        raise ValueError(f"unknown variables: {', '.join(sorted(unknown))}")
    return names


def _feeds(bound: Any, known: set[str]) -> bool:
    from genbounds.variables import DERIVATIONS

    derived = {d.target for d in DERIVATIONS if set(d.sources) <= known}
    return set(bound.arguments) <= known | derived


@click.command("show")
@click.argument("name", shell_complete=complete_bound)
@output_options
def show_command(name: str, format_: str, style: str | None, quiet: bool) -> None:
    """Show a theorem: formula, claim, conditions, arguments, source.

    \b
    genbounds show vapnik_chervonenkis
    genbounds show clopper_pearson --json
    """
    from genbounds.registry import catalogue

    with explained():
        bound = catalogue[name]
        card = bound_card(bound)
    Out(format_, style, quiet).show(
        quiet=lambda: card["formula"],
        data=lambda: card,
        table=lambda: Table(list(card), [[_words(x) for x in card.values()]]),
        text=lambda: _card_text(card),
        latex=lambda: card["latex"],
    )


def bound_card(bound: Any) -> dict[str, Any]:
    """Everything on a bound as plain data."""
    return {
        "name": bound.name,
        "about": (bound.__doc__ or "").strip(),
        "formula": bound.plain_formula,
        "latex": bound.latex,
        "claim": bound.claim.sentence,
        "conditions": list(bound.conditions),
        "needs": list(bound.needs),
        "arguments": {name: _argument(bound, name) for name in bound.arguments},
        "status": bound.status + (f": {bound.why}" if bound.why else ""),
        "source": bound.source,
        "entry": bound.entry,
        "bibtex": bound.citation,
    }


_DIRECTIONS = {
    "+": "the value grows with it",
    "-": "the value falls with it",
    None: "not monotone in it",
}


def _argument(bound: Any, name: str) -> str:
    variable = VARIABLES[name]
    return f"{variable.meaning}; {variable.domain}; {_DIRECTIONS[bound.direction_of(name)]}"


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{k}: {v}" for k, v in value.items())
    return "; ".join(value) if isinstance(value, list) else str(value)


def _card_text(card: dict[str, Any]) -> str:
    rows: list[tuple[str, Any]] = []
    for label, part in card.items():
        if label in ("name", "bibtex") or not part:
            continue
        if isinstance(part, dict):
            part = [f"--{k.replace('_', '-')}: {v}" for k, v in part.items()]
        rows.append((label, " ".join(part.split()) if isinstance(part, str) else part))
    return f"{as_text(Report(card['name'], rows))}\n\n{card['bibtex']}"


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion_command(shell: str) -> None:
    """Print the completion script of a shell.

    \b
    genbounds completion bash > ~/.local/share/bash-completion/completions/genbounds
    """
    from click.shell_completion import get_completion_class

    from genbounds.cli import program

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"no completion for {shell}")
    click.echo(kind(program, {}, "genbounds", "_GENBOUNDS_COMPLETE").source())
