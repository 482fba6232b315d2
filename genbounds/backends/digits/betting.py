"""The ends of the betting interval, from the capital that its definition wins."""

from typing import Any

from mpmath import mp, mpf

from genbounds.backends.digits.searches import root


def betting_upper(losses: Any, c: Any, cap: Any) -> Any:
    """The upper end of the betting interval, for n fixed in advance."""
    return _betting_end(losses, c, cap, 1, False)


def betting_lower(losses: Any, c: Any, cap: Any) -> Any:
    """The lower end of the betting interval, for n fixed in advance."""
    return _betting_end(losses, c, cap, -1, False)


def betting_upper_every_n(losses: Any, c: Any, cap: Any) -> Any:
    """The upper end of the betting interval that holds at every n."""
    return _betting_end(losses, c, cap, 1, True)


def betting_lower_every_n(losses: Any, c: Any, cap: Any) -> Any:
    """The lower end of the betting interval that holds at every n."""
    return _betting_end(losses, c, cap, -1, True)


def _betting_end(losses: Any, c: Any, cap: Any, sign: int, every_n: bool) -> Any:
    """Where the capital that was won against the mean m reaches e^c."""
    losses, bets = [mpf(x) for x in losses], _bets([mpf(x) for x in losses], mpf(c), every_n)

    def surplus(room: Any) -> Any:
        m = 1 - room if sign > 0 else room
        most = mpf(cap) / room if room > 0 else mp.inf
        pairs = zip(losses, bets, strict=True)
        return mp.log(mp.fprod(1 + sign * min(bet, most) * (m - x) for x, bet in pairs)) - c

    room = mpf(0) if surplus(mpf(0)) < 0 else root(lambda room: -surplus(room), 0, 1)
    return 1 - room if sign > 0 else room


def _bets(losses: Any, c: Any, every_n: bool) -> list[Any]:
    """sqrt(2c/(n v)), v the variance of the earlier losses, from its definition."""
    n, half = len(losses), mpf(1) / 2
    means = [(half + mp.fsum(losses[:t])) / (t + 1) for t in range(1, n + 1)]
    squares = [half**2] + [(x - mean) ** 2 for x, mean in zip(losses, means, strict=True)]
    sizes = [t * mp.log(t + 1) if every_n else n for t in range(1, n + 1)]
    return [mp.sqrt(2 * c * t / (sizes[t - 1] * mp.fsum(squares[:t]))) for t in range(1, n + 1)]
