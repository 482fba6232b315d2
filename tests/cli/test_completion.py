"""Shell completion: the scripts, and what they ask for."""

import pytest
from click.shell_completion import ShellComplete

from genbounds.cli import program


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_for_each_shell(run, shell):
    ran = run(f"completion {shell}")
    assert (ran.status, ran.err) == (0, "")
    assert "_GENBOUNDS_COMPLETE" in ran.out


def test_an_unknown_shell(run):
    ran = run("completion tcsh")
    assert (ran.status, ran.out) == (2, "")
    assert "'tcsh' is not one of" in ran.err


@pytest.mark.parametrize(
    ("words", "incomplete", "expected"),
    [
        ([], "s", {"sample-size", "solve", "show"}),
        (["compute"], "hoeff", {"hoeffding", "hoeffding_several"}),
        (["show"], "clopper", {"clopper_pearson", "clopper_pearson_lower"}),
        (["solve", "hoeffding"], "vc", {"vc-dim"}),
        (["test-set"], "--sel", {"--selected-from"}),
        (["test-set", "--side"], "", {"upper", "lower", "both"}),
    ],
)
def test_completions(words, incomplete, expected):
    completer = ShellComplete(program, {}, "genbounds", "_GENBOUNDS_COMPLETE")
    found = {item.value for item in completer.get_completions(words, incomplete)}
    assert expected <= found
    assert all(value.startswith(incomplete) for value in found)
