"""Suprema over random signs, in chunks of bounded memory, here or on many workers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np

from genbounds.classes.oracles.base import CHUNK_BYTES, Oracle, sum_controls
from genbounds.complexity.signs import normals, packed_signs, sign_sums, unpacked

CHUNKS_A_WORKER = 4


class Draws(NamedTuple):
    """Suprema of the class centred at its midranges, one a draw, and control variates."""

    suprema: Any
    controls: dict[str, Any]


class Workers(NamedTuple):
    """How many workers share the draws, and whether a bar shows the progress."""

    n_jobs: int | None = 1
    progress: bool | None = None


def drawn(
    oracle: Oracle, count: int, seed: int, workers: Workers, normal: bool = False
) -> Draws:  # fmt: skip
    """`count` draws; equal for equal seeds, whatever the chunks and the workers."""
    chunks = list(_chunks(oracle, count, workers.n_jobs))
    draw = _normal_chunk if normal else _sign_chunk
    parts = run(lambda chunk: (draw, (oracle, seed, *chunk)), chunks, workers, "draws")
    names = parts[0].controls
    return Draws(
        np.concatenate([part.suprema for part in parts]),
        {name: np.concatenate([part.controls[name] for part in parts]) for name in names},
    )


def _chunks(oracle: Oracle, count: int, n_jobs: int | None) -> Iterator[tuple[int, int]]:
    rows = max(1, CHUNK_BYTES // max(1, oracle.draw_bytes))
    if n_jobs != 1:
        rows = min(rows, max(1, -(-count // (CHUNKS_A_WORKER * _workers(n_jobs)))))
    for first in range(0, count, rows):
        yield first, min(rows, count - first)


def _workers(n_jobs: int | None) -> int:
    import joblib

    return max(1, int(joblib.effective_n_jobs(n_jobs)))


def _sign_chunk(oracle: Oracle, seed: int, first: int, count: int) -> Draws:
    bits = packed_signs(seed, first, count, oracle.n)
    suprema = oracle.suprema_packed(bits)
    if suprema is None:
        signs = unpacked(bits, oracle.n)
        return Draws(_centred(oracle, signs, oracle.suprema(signs)), oracle.controls(signs))
    if np.any(oracle.centre):
        suprema = _centred(oracle, unpacked(bits, oracle.n), suprema)
    return Draws(suprema, sum_controls(*sign_sums(bits, oracle.n, oracle.middle), oracle))


def _normal_chunk(oracle: Oracle, seed: int, first: int, count: int) -> Draws:
    weights = normals(seed, first, count, oracle.n)
    return Draws(_centred(oracle, weights, oracle.suprema(weights)), {})


def _centred(oracle: Oracle, weights: Any, suprema: Any) -> Any:
    """sup_h sum_i w_i (h(x_i) - c_i): the same expectation, and less spread."""
    if not np.any(oracle.centre):
        return suprema
    return suprema - weights @ np.broadcast_to(oracle.centre, oracle.n)


def run(
    task: Callable[[Any], tuple[Callable[..., Any], tuple[Any, ...]]], items: list[Any],
    workers: Workers, what: str,
) -> list[Any]:  # fmt: skip
    """The results of all items in order; joblib decides where they are computed."""
    return list(each(task, items, workers, what))


def each(
    task: Callable[[Any], tuple[Callable[..., Any], tuple[Any, ...]]], items: list[Any],
    workers: Workers, what: str,
) -> Iterator[Any]:  # fmt: skip
    """The results one by one, for those that are too large to be kept together."""
    with _bar(len(items), workers.progress, what) as advance:
        for result in _results(task, items, workers.n_jobs):
            yield result
            advance(1)


def _results(task: Callable[[Any], Any], items: list[Any], n_jobs: int | None) -> Iterator[Any]:
    if n_jobs == 1 or len(items) == 1:
        for item in items:
            function, arguments = task(item)
            yield function(*arguments)
        return
    from joblib import Parallel, delayed

    n_jobs = n_jobs if n_jobs is None else min(n_jobs, len(items))
    jobs = (delayed(function)(*arguments) for function, arguments in map(task, items))
    yield from Parallel(n_jobs=n_jobs, return_as="generator")(jobs)


@contextmanager
def _bar(length: int, progress: bool | None, what: str) -> Iterator[Callable[[int], Any]]:
    """A bar on standard error: where asked for, or by itself at a terminal for long work."""
    import sys

    shown = sys.stderr.isatty() and length > 1 if progress is None else progress
    if not shown:
        yield lambda _: None
        return
    import click

    with click.progressbar(length=length, label=what, file=sys.stderr) as bar:
        yield bar.update
