"""PAC-Bayes: every posterior at once, priced by its relative entropy to a prior.

A posterior Q, chosen after the sample, draws a new hypothesis for every prediction; the bounds are
on its risk, the average of the risks (Gibbs). Donsker and Varadhan pay KL(Q||P) to replace the mean
over Q by one over the prior P, which knows nothing of the sample. There E e^(n kl(R_n, R)) is at
most xi(n) for every hypothesis (Maurer), and Markov's inequality does the rest. The family is this
one event, kl(R_n(Q), R(Q)) <= (KL + ln(xi(n)/delta))/n, inverted exactly on both sides at once,
with no delta/2, or relaxed to what can be solved; 2 sqrt n is at least xi(n) for every n >= 1.
"""

from genbounds.claims import Claim, below
from genbounds.declaration import bound
from genbounds.generic import (
    PI,
    gamma_ratio,
    kl_inverse_lower,
    kl_inverse_upper,
    let,
    log,
    log_ratio,
    log_xi,
    sqrt,
)

POSTERIOR = Claim(scope="every_posterior")
BOTH_SIDES = POSTERIOR._replace(side="both")
EVERY_N = POSTERIOR._replace(time="every_n")
PRIOR = ("prior_before_sample",)

# --- the square root


@bound(
    BOTH_SIDES, source="Maurer2004, Theorem 5; McAllester2003, Theorem 1",
    entry="pb_mcallester_2sqrtn", additive=True, given=PRIOR,
)  # fmt: skip
def mcallester(empirical_risk, kl, n, delta):
    """McAllester's bound with Maurer's 2 sqrt n: Pinsker's inequality on the kl form.

    The 2 sqrt n stands inside of the logarithm, over 2n. ln(1/delta) alone is not proved for all
    posteriors at once, and ln(n/delta) needs 2(n - 1). Maurer asks for n >= 8; by Ramanujan
    xi(n) <= 2/3 + sqrt(pi n/2) e^(1/(12n)), which is below 2 sqrt n from n = 2 on, and xi(1) = 2.

    >>> round(mcallester(empirical_risk=0.02, kl=50, n=30000, delta=1e-6), 5)
    0.05407
    """
    return empirical_risk + sqrt(price(kl, n, delta) / (2 * n))


@bound(
    BOTH_SIDES, source="McAllester1999, Theorem 1", entry="pb_mcallester_1999", additive=True,
    given=PRIOR,
)  # fmt: skip
def mcallester_1999(empirical_risk, kl, n, delta):
    """McAllester's first bound: of historical interest.

    It follows from the bound with 2 sqrt n, since ln(2 sqrt n) <= (5/2) ln n + 8, for every n.
    """
    return empirical_risk + sqrt((kl + log_ratio(1, delta) + 5 * log(n) / 2 + 8) / (2 * n - 1))


@bound(
    BOTH_SIDES, source="McAllester2003, Theorem 1; ShalevShwartzBenDavid2014, Theorem 31.1",
    entry="pb_mcallester_2003", additive=True, given=PRIOR, needs=("n >= 2",),
)  # fmt: skip
def mcallester_2003(empirical_risk, kl, n, delta):
    """McAllester's bound as textbooks print it: ln(n/delta) over 2(n - 1), both or neither.

    It follows from the bound with 2 sqrt n: (n - 1) ln(2 sqrt n) <= n ln n for every n >= 2.
    """
    return empirical_risk + sqrt((kl + log_ratio(n, delta)) / (2 * (n - 1)))


# --- the relative entropy, inverted


@bound(
    POSTERIOR, source="Maurer2004, Theorem 5; Seeger2002, Theorem 1", entry="pb_kl", given=PRIOR,
    event="pac_bayes_kl",
)  # fmt: skip
def pac_bayes_kl(empirical_risk, kl, n, delta):
    """The PAC-Bayes-kl bound (Seeger, Langford, Maurer): the sharp one when nothing else is known.

    kl(R_n(Q), R(Q)) <= (KL + ln(2 sqrt n/delta))/n for all posteriors, below and above R_n(Q) on
    one event. By convexity it holds for all losses in [0, 1], not only for 0 and 1. For a posterior
    fixed in advance KL = 0, but then the 2 sqrt n is wasted: `chernoff`.
    """
    return kl_inverse_upper(empirical_risk, price(kl, n, delta) / n)


@bound(
    below(POSTERIOR), source="Maurer2004, Theorem 5; Seeger2002, Theorem 1", given=PRIOR,
    event="pac_bayes_kl",
)  # fmt: skip
def pac_bayes_kl_lower(empirical_risk, kl, n, delta):
    """The PAC-Bayes-kl bound from below: the same event as the upper one, the same delta."""
    return kl_inverse_lower(empirical_risk, price(kl, n, delta) / n)


@bound(
    POSTERIOR, source="GermainLacasseLavioletteMarchandRoy2015; Maurer2004",
    entry="pb_kl_xi", given=PRIOR, event="pac_bayes_kl_exact",
)  # fmt: skip
def pac_bayes_kl_exact(empirical_risk, kl, n, delta):
    """The PAC-Bayes-kl bound with the exact sum xi(n) in place of 2 sqrt n.

    xi(n) = sum C(n, k) (k/n)^k (1 - k/n)^(n - k) is E e^(n kl) for 0-1 losses, whatever their mean
    in (0, 1); it grows like sqrt(pi n/2) + 2/3, so that about ln 1.6 is gained.
    """
    return kl_inverse_upper(empirical_risk, _exact_price(kl, n, delta) / n)


@bound(
    below(POSTERIOR), given=PRIOR, event="pac_bayes_kl_exact",
    source="GermainLacasseLavioletteMarchandRoy2015; Maurer2004",
)  # fmt: skip
def pac_bayes_kl_exact_lower(empirical_risk, kl, n, delta):
    """The PAC-Bayes-kl bound with the exact sum, from below on the same event."""
    return kl_inverse_lower(empirical_risk, _exact_price(kl, n, delta) / n)


@bound(
    POSTERIOR, source="Seeger2002, Theorem 1; Langford2005, Theorem 5.1",
    entry="pb_kl_seeger_nplus1", given=PRIOR, event="seeger",
)  # fmt: skip
def seeger(empirical_risk, kl, n, delta):
    """The PAC-Bayes-kl bound with n + 1 in place of 2 sqrt n: each term of xi(n) is at most 1."""
    return kl_inverse_upper(empirical_risk, (kl + log_ratio(n + 1, delta)) / n)


@bound(
    below(POSTERIOR), source="Seeger2002, Theorem 1; Langford2005, Theorem 5.1", given=PRIOR,
    event="seeger",
)  # fmt: skip
def seeger_lower(empirical_risk, kl, n, delta):
    """The PAC-Bayes-kl bound with n + 1, from below on the same event."""
    return kl_inverse_lower(empirical_risk, (kl + log_ratio(n + 1, delta)) / n)


@bound(
    POSTERIOR, source="LangfordSeeger2001",
    entry="pb_kl_langford_nminus1", given=PRIOR, needs=("n >= 2",), event="langford_seeger",
)  # fmt: skip
def langford_seeger(empirical_risk, kl, n, delta):
    """The oldest PAC-Bayes-kl bound: ln(n/delta) over n - 1, both or neither.

    It follows from the one with 2 sqrt n: (n - 1) ln(2 sqrt n) <= n ln n for every n >= 2.
    """
    return kl_inverse_upper(empirical_risk, (kl + log_ratio(n, delta)) / (n - 1))


@bound(
    below(POSTERIOR), source="LangfordSeeger2001",
    given=PRIOR, needs=("n >= 2",), event="langford_seeger",
)  # fmt: skip
def langford_seeger_lower(empirical_risk, kl, n, delta):
    """The oldest PAC-Bayes-kl bound, from below on the same event."""
    return kl_inverse_lower(empirical_risk, (kl + log_ratio(n, delta)) / (n - 1))


@bound(
    EVERY_N, source="JangJunKuzborskijOrabona2023; CoverOrdentlich1996",
    entry="pb_kl_betting", given=PRIOR, event="coin_betting_kl",
)  # fmt: skip
def coin_betting_kl(empirical_risk, kl, n, delta):
    """The PAC-Bayes-kl bound by betting: for every n at once, and still not above 2 sqrt n.

    Against each hypothesis play the portfolio of assets x/R and (1 - x)/(1 - R) mixed by the
    Dirichlet(1/2) law; by Cover and Ordentlich its wealth loses at most the factor
    sqrt(pi) Gamma(n + 1)/Gamma(n + 1/2) on the best mixture, which has e^(n kl(R_n, R)) or more.
    Its mean over the prior is a martingale: Ville, then Donsker and Varadhan, then convexity.
    """
    return kl_inverse_upper(empirical_risk, _betting_price(kl, n, delta) / n)


@bound(
    below(EVERY_N), given=PRIOR, event="coin_betting_kl",
    source="JangJunKuzborskijOrabona2023; CoverOrdentlich1996",
)  # fmt: skip
def coin_betting_kl_lower(empirical_risk, kl, n, delta):
    """The PAC-Bayes-kl bound by betting, from below on the same event, for every n at once."""
    return kl_inverse_lower(empirical_risk, _betting_price(kl, n, delta) / n)


# --- the relative entropy, relaxed


@bound(
    POSTERIOR, source="McAllester2003; Maurer2004, Theorem 5", given=PRIOR,
    entry="pb_refined_pinsker",
)  # fmt: skip
def mcallester_refined(empirical_risk, kl, n, delta):
    """Fast where the empirical risk is small, in closed form: R_n + sqrt(2 R_n A) + 2 A.

    kl(q, p) >= (p - q)^2/(2p) for q <= p; the largest p with (p - q)^2 <= 2 p A is at most this. It
    is written as the sum of two squares, which has a value at infinite KL and no errors as well.
    """
    a = let("A", price(kl, n, delta) / n)
    return (sqrt(empirical_risk) + sqrt(a / 2)) ** 2 + 3 * a / 2


@bound(
    POSTERIOR, source="PerezOrtizRivasplataShaweTaylorSzepesvari2021; Maurer2004, Theorem 5",
    entry="pb_quadratic", given=PRIOR,
)  # fmt: skip
def pac_bayes_quadratic(empirical_risk, kl, n, delta):
    """The PAC-Bayes-quadratic bound: the best that kl(q, p) >= (p - q)^2/(2p) gives.

    sqrt p <= sqrt(q + b) + sqrt b, a quadratic inequality in sqrt p. It is the least value of
    `pac_bayes_lambda` over its trade-off, which may be chosen on the data.
    """
    b = let("b", price(kl, n, delta) / (2 * n))
    return (sqrt(empirical_risk + b) + sqrt(b)) ** 2


def price(kl, n, delta):
    return kl + log_ratio(2 * sqrt(n), delta)


def _exact_price(kl, n, delta):
    return kl + log_xi(n) + log_ratio(1, delta)


def _betting_price(kl, n, delta):
    """n/gamma_ratio(n) is Gamma(n + 1)/Gamma(n + 1/2)."""
    return kl + log_ratio(sqrt(PI) * n, gamma_ratio(n) * delta)
