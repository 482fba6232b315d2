"""The files around the package agree with one another and speak of no particular machine."""

import csv
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())

# A folder of one machine, a package index of its own. Written so that neither matches itself.
MACHINE_PATH = re.compile(r"(?<![\w.:/$}~-])/(?:root|work|home|Users|opt|srv|mnt|tmp)/[\w.]")
PACKAGE_INDEX = re.compile(r"(?:extra-)?index[-]url|find[-]links|pip[.]conf|/simple[/]")


def files_of_the_project() -> list[Path]:
    """What git tracks or would track; without git, what is neither hidden nor built."""
    if shutil.which("git") and (ROOT / ".git").exists():
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        built = {"build", "dist", "__pycache__", "venv"}
        paths = [
            path
            for path in ROOT.rglob("*")
            if not any(
                part in built or part.startswith(".") for part in path.relative_to(ROOT).parts
            )
        ]
    return sorted(path for path in paths if path.is_file())


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def readme_line(marker: str, readme: Path) -> subprocess.CompletedProcess[str]:
    command = ["bash", str(ROOT / ".ci" / "run"), "--line", marker, str(readme)]
    return subprocess.run(command, capture_output=True, text=True)


def package_version() -> str:
    text = text_of(ROOT / "genbounds" / "__init__.py")
    return re.findall(r'^__version__ = "(.+)"$', text, re.MULTILINE)[0]


needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="no bash to run .ci/run")


@needs_bash
@pytest.mark.parametrize("marker", ["run", "test"])
def test_ci_reads_the_commands_of_the_readme(marker):
    text = text_of(ROOT / "README.md")
    blocks = re.findall(rf"^<!-- ci: {marker} -->\n```bash\n(.+)\n```$", text, re.MULTILINE)
    assert len(blocks) == 1
    read = readme_line(marker, ROOT / "README.md")
    assert (read.returncode, read.stdout) == (0, blocks[0] + "\n"), read.stderr


@needs_bash
@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("no marker at all\n", "has no line"),
        ("<!-- ci: run -->\n\n```bash\ntrue\n```\n", "must be ```bash"),
        ("<!-- ci: run -->\n```bash\n```\n", "exactly one line"),
        ("<!-- ci: run -->\n```bash\ntrue\nfalse\n```\n", "exactly one line"),
        ("<!-- ci: run -->\n```bash\ntrue\n```\n<!-- ci: run -->\n", "more than once"),
    ],
)
def test_ci_refuses_a_readme_without_one_clear_command(tmp_path, text, complaint):
    (tmp_path / "README.md").write_text(text)
    read = readme_line("run", tmp_path / "README.md")
    assert read.returncode == 1
    assert complaint in read.stderr
    assert not read.stdout


def test_one_version_everywhere():
    assert PYPROJECT["project"]["dynamic"] == ["version"]
    assert PYPROJECT["tool"]["hatch"]["version"]["path"] == "genbounds/__init__.py"
    version = package_version()
    cited = re.findall(r"^version: (.+)$", text_of(ROOT / "CITATION.cff"), re.MULTILINE)
    changed = re.findall(r"^## \[(\d.+?)\]", text_of(ROOT / "CHANGELOG.md"), re.MULTILINE)
    assert cited == [version]
    assert changed[0] == version


def test_one_license_everywhere():
    assert PYPROJECT["project"]["license"] == "BSD-3-Clause"
    assert text_of(ROOT / "LICENSE").startswith("BSD 3-Clause License")
    assert "\nlicense: BSD-3-Clause\n" in text_of(ROOT / "CITATION.cff")


def test_the_extra_and_the_group_for_tests_are_equal():
    assert (
        PYPROJECT["project"]["optional-dependencies"]["test"]
        == PYPROJECT["dependency-groups"]["test"]
    )


def test_only_four_packages_are_needed_to_run():
    names = [re.match(r"[\w-]+", line)[0] for line in PYPROJECT["project"]["dependencies"]]
    assert names == ["click", "numpy", "scipy", "sympy"]


def test_no_file_names_a_machine():
    files = files_of_the_project()
    assert ROOT / "pyproject.toml" in files
    found = [
        f"{path.relative_to(ROOT)}: {hit[0]}"
        for path in files
        for pattern in (MACHINE_PATH, PACKAGE_INDEX)
        for hit in pattern.finditer(text_of(path))
    ]
    assert not found


@pytest.mark.parametrize("folder", ["root", "work", "home", "tmp"])
def test_a_machine_path_is_recognised(folder):
    path = f"/{folder}/someone/file.py"
    assert MACHINE_PATH.search(f'open("{path}")')
    assert not MACHINE_PATH.search(f"https://example.org{path}")
    assert not MACHINE_PATH.search(f"$HOME{path}")


def test_the_digits_are_as_their_page_says():
    """898 rows, digits only, and the errors that examples/README.md prints."""
    with (ROOT / "examples" / "digits_predictions.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 898
    assert list(rows[0]) == ["truth", "logistic_regression", "nearest_neighbours"]
    assert {value for row in rows for value in row.values()} == set("0123456789")
    page = text_of(ROOT / "examples" / "README.md")
    for model in ("logistic_regression", "nearest_neighbours"):
        errors = sum(row[model] != row["truth"] for row in rows)
        assert re.search(rf"^\| `{model}` \|.*\| {errors} \|$", page, re.MULTILINE)
