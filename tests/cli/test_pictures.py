"""--save, --plot and --force: one meaning on every command that draws."""

import json
import sys

import click
import pytest

from genbounds.cli import main
from genbounds.cli.output import Out
from genbounds.cli.pictures import Picture, picture_options

pytest.importorskip("matplotlib")

COIN = "--world finite --law .1,.9 --losses 1,0"
VALIDATE = f"validate wald {COIN} --n 20 --trials 100"
DATA = "examples/breast_cancer.csv --class thresholds --features texture"
COMMANDS = {
    "validate": VALIDATE,
    "slack": "slack hoeffding --n 2 --seconds 1",
    "rademacher": f"rademacher {DATA} --draws 20",
    "compare": "compare hoeffding chernoff --n 10,100 --empirical-risk .1 --delta .05",
}
SIGNATURES = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}


@pytest.mark.parametrize("ending", SIGNATURES)
@pytest.mark.parametrize("command", COMMANDS)
def test_save_writes_a_picture(run, tmp_path, command, ending):
    path = tmp_path / f"picture.{ending}"
    ran = run(f"{COMMANDS[command]} --save {path}")
    assert ran.status == 0, ran.err
    assert path.read_bytes().startswith(SIGNATURES[ending])


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_is_replaced_only_by_force(run, tmp_path, command):
    path = tmp_path / "picture.svg"
    path.write_text("mine")
    ran = run(f"{COMMANDS[command]} --save {path}")
    assert (ran.status, ran.out) == (2, "")
    assert "--force" in ran.err and "overwrite" not in ran.err
    assert path.read_text() == "mine"
    assert run(f"{COMMANDS[command]} --save {path} --force").status == 0
    assert path.read_bytes().startswith(SIGNATURES["svg"])


@pytest.mark.parametrize(
    ("name", "complaint"), [("x.gif", ".png, .svg, .pdf"), ("nowhere/x.png", "no folder")]
)
def test_names_that_cannot_be_written_are_told_before_the_work(run, tmp_path, name, complaint):
    ran = run(f"validate wald {COIN} --n 20 --trials 1e12 --save {tmp_path / name}")
    assert (ran.status, ran.out) == (2, "")
    assert complaint in ran.err


def test_plot_prints_below_the_result(run):
    ran = run(f"{VALIDATE} --plot")
    assert ran.out.startswith(run(VALIDATE).out)
    row = next(line for line in ran.out.splitlines() if line.startswith("wald |"))
    assert row.index("[") < row.index("o") < row.index("]")


@pytest.mark.parametrize("style", ["--json", "--format csv", "--quiet"])
def test_data_stay_alone_on_stdout(run, style):
    ran = run(f"{VALIDATE} {style} --plot")
    assert ran.out == run(f"{VALIDATE} {style}").out
    assert "wald |" in ran.err
    if style == "--json":
        assert json.loads(ran.out)["bound"] == "wald"


@pytest.fixture
def without_matplotlib(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)


def test_without_matplotlib_a_line_says_what_to_install(run, tmp_path, without_matplotlib):
    ran = run(f"{VALIDATE} --save {tmp_path / 'x.png'}")
    assert ran.status == 1
    assert ran.out == run(VALIDATE).out  # no terminal: the result alone
    assert ran.err.strip().splitlines() == [
        "Error: pictures need matplotlib: pip install 'genbounds[plot]'"
    ]
    assert not list(tmp_path.iterdir())


def test_without_matplotlib_a_terminal_gets_the_plain_text(
    capsys, monkeypatch, tmp_path, without_matplotlib
):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    with pytest.raises(SystemExit) as left:
        main([*VALIDATE.split(), "--save", str(tmp_path / "x.png")])
    out, err = capsys.readouterr()
    assert left.value.code == 1
    assert "wald |" in out and "genbounds[plot]" in err


def test_plain_text_needs_no_matplotlib(run, without_matplotlib):
    ran = run(f"{VALIDATE} --plot")
    assert ran.status == 0 and "wald |" in ran.out


def test_options_reach_the_command_as_one():
    found = []

    @click.command()
    @picture_options
    def command(picture):
        found.append((picture.save, picture.plot, picture.force))

    command.main(["--save", "x.png", "--force"], standalone_mode=False)
    command.main([], standalone_mode=False)
    assert found == [("x.png", False, True), (None, False, False)]


def test_nothing_is_drawn_unasked():
    Picture(None).show(lambda: pytest.fail("drawn"), Out("table", None, False))
