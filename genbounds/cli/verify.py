"""`verify`: whether a certificate is what it claims, with or without the data."""

from typing import Any

import click

from genbounds.cli.certify_files import data_options, read_files
from genbounds.cli.output import as_json, say
from genbounds.cli.words import Condition, explained

_FILE = click.Path(exists=True, dir_okay=False)


@click.command("verify", short_help="Check a certificate, with or without the data.")
@click.argument("certificate", type=_FILE)
@click.option("--data", type=_FILE, help="The rows again, to count again.")
@click.option("--model", type=_FILE, help="The model again: .skops, or a pickle that is trusted.")
@data_options
@click.option("--quiet", "-q", is_flag=True, help="Print the outcome alone.")
@click.option("--json", "json_", is_flag=True, help="Print the checks as JSON.")
def verify_command(
    certificate: str, data: str | None, model: str | None, quiet: bool, json_: bool, **options: Any
) -> None:
    """Check a certificate: its seal, numbers, sentences and conditions; with --data its counts.

    \b
    genbounds verify examples/digits_certificate.json
    genbounds verify examples/digits_certificate.json \\
        --data examples/digits_predictions.csv --target truth \\
        --prediction nearest_neighbours

    With the model instead: `--data test.csv --target y --model model.skops`.

    Exit status: 0 verified, 4 a check failed, 2 not readable as a certificate.
    """
    from genbounds.certificates import verify

    with explained():
        found = verify(certificate, **_again(data, model, options))
        if data is not None and not found.ok:  # 1 and "1" are one in a table
            spelt = verify(certificate, **_again(data, model, options, as_text=True))
            found = spelt if spelt.ok else found
    say(as_json(found.to_dict()) if json_ else found.sentence if quiet else found.text)
    if not found.ok:
        raise Condition(found.sentence)


def _again(
    data: str | None, model: str | None, options: dict[str, Any], *, as_text: bool = False
) -> dict[str, Any]:
    """The rows and the model as they are now."""
    if data is None:
        named = [key for key, value in options.items() if value] + ["model"] * bool(model)
        if named:
            raise click.UsageError(f"--{named[0].replace('_', '-')} goes with --data")
        return {}
    if not options["target"]:
        raise click.UsageError("--data needs --target COLUMN")
    if model is None and not options["prediction"]:
        raise click.UsageError("--data needs --model FILE or --prediction COLUMN")
    files = (model, data) if model else (data,)
    found, rows, _ = read_files(files, options, as_text=as_text)
    said: Any = rows.predictions
    if said and len(said) == 1:
        said = next(iter(said.values()))
    return {
        "model": found, "predictions": said, "X": rows.features, "y": rows.y,
        "groups": rows.groups,
    }  # fmt: skip
