"""What starting costs: the import and one bound from the command line, beside `import numpy`.

Every row is a whole interpreter, started anew. Rows take turns, so that a busy machine slows all
of them alike, and the ratio is to `import numpy` in the same run.
"""

import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).parents[1]
ROUNDS = 9
COMPUTE = ["compute", "hoeffding", "--empirical-risk", ".1", "--n", "1000", "--delta", ".05"]
COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "python -c 'import numpy'": ["-c", "import numpy"],
    "python -c 'import genbounds'": ["-c", "import genbounds"],
    "python -m genbounds compute hoeffding": ["-m", "genbounds", *COMPUTE],
}
YARDSTICK = "python -c 'import numpy'"

# Both list, on the last line of stderr, what came on top of the modules of a bare interpreter.
REPORT = "print(*sorted({name.partition('.')[0] for name in sys.modules} - bare), file=sys.stderr)"
START = "import sys; bare = {name.partition('.')[0] for name in sys.modules}\n"
PROBES = {
    "import genbounds": f"{START}import genbounds\n{REPORT}",
    "genbounds compute hoeffding": (
        f"{START}import runpy\nsys.argv[1:] = {COMPUTE!r}\n"
        f"try: runpy.run_module('genbounds', run_name='__main__')\nfinally: {REPORT}"
    ),
}


def start(arguments: list[str]) -> str:
    """Run the interpreter in the checkout and return its stderr; stop the benchmark if it fails."""
    command = [sys.executable, *arguments]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    if done.returncode:
        sys.exit(f"{' '.join(arguments)}\nexited with {done.returncode}:\n{done.stderr}")
    return done.stderr


def setup() -> None:
    """Byte code and file cache warm: the first start of a day is not what is measured."""
    for arguments in COMMANDS.values():
        start(arguments)


def time_start(arguments: list[str]) -> float:
    began = perf_counter()
    start(arguments)
    return perf_counter() - began


def outside_the_standard_library(probe: str) -> list[str]:
    loaded = start(["-c", probe]).splitlines()[-1].split()
    return [name for name in loaded if name not in sys.stdlib_module_names and name != "genbounds"]


def main() -> None:
    setup()
    seconds: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(ROUNDS):
        for name, arguments in COMMANDS.items():
            seconds[name].append(time_start(arguments))
    yardstick = median(seconds[YARDSTICK])
    print(f"{'':40}{'median ms':>10}{'least ms':>10}{'of numpy':>10}")
    for name, times in seconds.items():
        ratio = median(times) / yardstick
        print(f"{name:40}{1e3 * median(times):10.1f}{1e3 * min(times):10.1f}{ratio:10.2f}")
    for name, probe in PROBES.items():
        loaded = ", ".join(outside_the_standard_library(probe)) or "the standard library only"
        print(f"loaded by {name}: {loaded}")


if __name__ == "__main__":
    main()
