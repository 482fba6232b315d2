"""`explain`: the explanation of the Python call, in every format."""

import json

import genbounds as gb

HOEFFDING = "explain hoeffding --empirical-risk .1 --n 1000 --delta .05"


def test_the_text_is_that_of_the_python_call_with_bibtex_below(run):
    ran = run(HOEFFDING)
    found = gb.explain("hoeffding", empirical_risk=0.1, n=1000, delta=0.05)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(found.text)
    assert ran.out.rstrip().endswith("}")
    assert "@article{Hoeffding1963" in ran.out


def test_quiet_prints_the_verdict_alone(run):
    ran = run(f"{HOEFFDING} -q")
    assert ran.out.startswith("With probability at least 95%, the true risk is at most 0.1388.")
    assert "step by step" not in ran.out


def test_json_holds_all_parts(run):
    record = json.loads(run(f"{HOEFFDING} --json").out)
    assert record["answer"]["raw"] == 0.1387022756020495
    assert record["steps"][0]["plain"] == "ln(1 / 0.05)"


def test_the_steps_are_a_table_in_csv(run):
    lines = run(f"{HOEFFDING} --format csv").out.splitlines()
    assert lines[0] == "name,expression,value,note"
    assert lines[-1].split(",")[1:3] == ["0.1 + 0.0387023", "0.1387022756020495"]


def test_markdown_and_latex(run):
    assert "## Calculation" in run(f"{HOEFFDING} --format markdown").out
    assert r"\paragraph{Calculation.}" in run(f"{HOEFFDING} --format latex").out


def test_without_arguments_the_theorem_is_explained(run):
    ran = run("explain langford_seeger")
    assert ran.status == 0
    assert "without numbers: kl is missing" in ran.out
    assert "step by step" not in ran.out


def test_two_sides(run):
    ran = run("explain clopper_pearson --two-sided --errors 192 --n 600 --delta .05 -q")
    assert "lies between 0.2828 and 0.359" in ran.out


def test_a_silent_theorem_is_explained_all_the_same(run):
    ran = run("explain langford_seeger --empirical-risk .1 --kl 5 --n 1 --delta .05")
    assert ran.status == 0
    assert ran.out.startswith("The theorem is silent here")
    assert "n >= 2: 1 >= 2, DOES NOT HOLD" in ran.out


def test_wrong_input_is_one_line(run):
    ran = run("explain hoeffding --empirical-risk 2 --n 1000 --delta 1.5")
    assert ran.status == 2
    assert "--empirical-risk must be" in ran.err
    assert "delta must be" in ran.err
    ran = run("explain hoefding")
    assert ran.status == 2
    assert "did you mean hoeffding" in ran.err
