"""Reference values of bounds/real_valued.py: Natarajan, pseudo- and fat-shattering dimensions."""

from mpmath import mp, mpf
from precise import radius_where
from table import Table


def natarajan(empirical_risk, n, natarajan_dim, n_classes, delta):
    """VC 1971 with Pi(2n) <= (2n)^d K^(2d)."""
    growth = natarajan_dim * (mp.log(2 * n) + 2 * mp.log(n_classes))
    return empirical_risk + radius_where(lambda t: mp.log(4) + growth - n * t**2 / 8, mp.log(delta))


def mohri_pseudo(empirical_risk, n, pseudo_dim, delta):
    if n < pseudo_dim:
        return mp.inf
    growth = pseudo_dim * (1 + mp.log(mpf(n) / pseudo_dim)) if pseudo_dim else mpf(0)
    confidence = radius_where(lambda t: -2 * n * t**2, mp.log(delta))
    return empirical_risk + mp.sqrt(2 * growth / n) + confidence


def anthony_bartlett_covering_tail(epsilon, n, log_covering):
    return 4 * mp.exp(log_covering(epsilon / 16, 2 * n) - epsilon**2 * n / 32)


def anthony_bartlett_regression_sample_size(epsilon, delta, pseudo_dim):
    return 128 / epsilon**2 * (2 * pseudo_dim * mp.log(34 / epsilon) + mp.log(16 / delta))


def alon_covering(scale, n, fat_dim, envelope):
    base = mp.log(4 * n * envelope**2 / scale**2)
    power = fat_dim * mp.log(4 * mp.e * envelope * n / (fat_dim * scale)) / mp.log(2)
    return mp.log(2) + power * base


def haussler_covering(scale, pseudo_dim):
    return mp.log(mp.e * (pseudo_dim + 1) * (2 * mp.e / scale) ** pseudo_dim)


def haussler_packing(n, vc_dim, separation):
    d = vc_dim
    if d > n or separation > n:
        return mp.inf
    return mp.log(mp.e * (d + 1) * (2 * mp.e * (n + 1) / (separation + 2 * mpf(d) + 2)) ** d)


def bartlett_fat(margin_risk, n, fat_dim, delta):
    inside = mp.log(4 / delta)
    if fat_dim:
        logs = mp.log(34 * mp.e * n / fat_dim) * mp.log(578 * n) / mp.log(2)
        inside += fat_dim * logs
    return margin_risk + mp.sqrt(2 * inside / n)


def shawe_taylor_margin(n, fat_dim, delta):
    if fat_dim > mp.e * n:
        return mp.inf
    bits = mp.log(8 * n / delta)
    if fat_dim:
        bits += fat_dim * mp.log(8 * mp.e * n / fat_dim) * mp.log(32 * n) / mp.log(2)
    return 2 * bits / mp.log(2) / n


def main() -> None:
    table = Table()
    table.add(
        natarajan,
        "empirical_risk n natarajan_dim n_classes delta",
        """
0.1 10000 50 10 0.05
0 1 1 2 0.5
1 1 0 1000 0.999
0.5 1e12 1000000 1000000 1e-300
1e-12 1e18 10 3 1e-12
0.2 3 50 5 0.05
""",
    )
    table.add(
        mohri_pseudo,
        "empirical_risk n pseudo_dim delta",
        """
0.1 10000 50 0.05
0 1 1 0.5
1 1 0 0.999
0.5 1e12 1000000 1e-300
1e-12 1e18 10 1e-12
0.2 3 50 0.05
0.02 37 36 0.999
""",
    )
    table.add(
        anthony_bartlett_covering_tail,
        "epsilon n log_covering",
        """
0.1 1000000 3
0.5 1 1
0.999 10000 0
0.01 1e9 50
0.05 10000 10
1e-3 1e12 1000
0.2 100000 2
""",
    )
    table.add(
        anthony_bartlett_regression_sample_size,
        "epsilon delta pseudo_dim",
        """
0.1 0.05 3
0.5 0.5 1
0.999 0.999 2
0.01 1e-300 1000000
1e-12 0.01 7
0.25 0.2 0
""",
    )
    table.add(
        alon_covering,
        "scale n fat_dim envelope",
        """
0.1 1000 5 1
0.5 1 1 1
0.01 1e12 1000000 1
1e-12 1e18 7 100
0.3 50 50 2.5
0.999 10 3 1
""",
    )
    table.add(
        haussler_covering,
        "scale pseudo_dim",
        """
0.1 3
0.5 0
1 1
1e-12 1000000
0.0625 50
0.999 7
""",
    )
    table.add(
        haussler_packing,
        "n vc_dim separation",
        """
100 3 10
1 1 1
1 0 1
1e12 1000000 1000
1e18 7 1e15
50 50 5
20 20 20
20 100 3
20 3 21
""",
    )
    table.add(
        bartlett_fat,
        "margin_risk n fat_dim delta",
        """
0.1 1000000 5 0.05
0 1 1 0.5
1 1 0 0.999
0.5 1e12 1000000 1e-300
1e-12 1e18 10 1e-12
0.2 3 50 0.05
""",
    )
    table.add(
        shawe_taylor_margin,
        "n fat_dim delta",
        """
1000000 5 0.05
1 1 0.5
1 0 0.999
1e12 1000000 1e-300
1e18 10 1e-12
3 8 0.05
3 9 0.05
1 2 0.05
1 3 0.05
""",
    )
    table.write("real_valued")


if __name__ == "__main__":
    main()
