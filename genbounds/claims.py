"""The vocabulary of claims: what a bound says, for whom, from which side, on which conditions.

A claim is data, field by field. One claim implies another when each of its fields does; what would
change the meaning of a number (Gibbs to vote, gap to excess risk) is a conversion, never an
implication.
"""

from collections.abc import Iterable
from typing import NamedTuple

QUANTITIES = {
    "risk": "the risk",
    "excess_risk": "the excess of the risk over the best in the class",
    "gap": "the gap between risk and empirical risk",
    "cdf_deviation": "the largest excess of the empirical over the true distribution function",
    "std": "the standard deviation of the loss",
    "variance": "the variance of the loss",
    "deviation": "the excess over its mean",
    "rademacher": "the Rademacher complexity",
    "empirical_rademacher": "the empirical Rademacher complexity",
    "absolute_rademacher": "the Rademacher complexity with absolute values",
    "gaussian_complexity": "the Gaussian complexity",
    "offset_complexity": "the offset Rademacher complexity",
    "sequential_rademacher": "the sequential Rademacher complexity",
    "local_fixed_point": "the fixed point of the local Rademacher complexity",
    "regret": "the regret per round",
    "training_error": "the error on the sample",
    "loo_error": "the leave-one-out error",
    "margin_error": "the fraction of the sample with at most this margin",
    "supremum": "the largest excess of the risk over the empirical risk",
    "absolute_supremum": "the largest difference between risk and empirical risk",
    "signed_sum": "the mean norm of the sum with random signs",
    "moment_norm": "the norm (E|X|^q)^(1/q) of the sum with random signs",
    "expected_maximum": "the expected maximum of the absolute values",
    "log_covering": "the log of the covering number",
    "log_packing": "the log of the packing number",
    "log_growth": "the log of the growth function",
    "vc_dim": "the VC dimension",
    "risk_difference": "the risk of the first model minus that of the second",
    "threshold": "the monitored sum or log likelihood ratio",
    "sample_size": "the expected number of observations",
}

SCOPES = {
    "fixed_hypothesis": "a hypothesis chosen independently of the sample",
    "several_hypotheses": "several hypotheses fixed before the sample, all at once",
    "adaptive_hypotheses": "hypotheses chosen one after another on the same sample",
    "every_hypothesis": "every hypothesis of the class, so also for one chosen on the sample",
    "consistent_hypotheses": "every hypothesis of the class without error on the sample",
    "output": "the output of the algorithm",
    "erm": "the minimiser of the empirical risk",
    "some_learner": "some learning algorithm, not necessarily empirical risk minimisation",
    "every_learner": "no learner",
    "the_class": "the class itself",
    "the_coefficients": "the given vectors or coefficients",
    "fixed_function": "a function of the sample that was fixed in advance",
    "every_posterior": "every posterior at once (on average over its hypotheses)",
    "posterior_draw": "one hypothesis drawn from the posterior",
}

_IMPLIES: dict[str, dict[str, set[str]]] = {
    "side": {"both": {"upper", "lower"}, "equal": {"both"}},
    "scope": {
        "several_hypotheses": {"fixed_hypothesis"},
        "adaptive_hypotheses": {"several_hypotheses"},
        "every_hypothesis": {"adaptive_hypotheses", "consistent_hypotheses", "output"},
        "output": {"erm"},
        "erm": {"some_learner"},
        "every_learner": {"some_learner"},
    },
    "data": {
        "independent": {"iid"},
        "martingale": {"iid"},
        "adversarial": {"martingale"},
        "exchangeable": {"iid"},
        "mixing": {"iid"},
        "iid": {"gaussian_design"},
        "any_sample": {"adversarial", "exchangeable", "mixing", "without_replacement"},
    },
    "loss": {
        "unit": {"zero_one"},
        "bounded": {"unit"},
        "sub_gaussian": {"bounded"},
        "bounded_above": {"bounded"},
        "finite_variance": {"sub_gaussian"},
        "any": {"finite_variance", "bounded_above", "square"},
    },
    "setting": {"agnostic": {"bernstein"}, "bernstein": {"massart"}, "massart": {"realizable"}},
    "surely": {"certain": {"probability", "expectation"}},
    "time": {"every_n": {"fixed_n"}},
}
_REVERSED_FOR_LOWER = ("data", "loss", "setting")


class Claim(NamedTuple):
    """What a bound says, as fields."""

    quantity: str = "risk"
    form: str = "value"
    side: str = "upper"
    scope: str = "fixed_hypothesis"
    data: str = "iid"
    loss: str = "unit"
    setting: str = "agnostic"
    surely: str = "probability"
    time: str = "fixed_n"

    def implies(self, asked: "Claim") -> bool:
        """Whether a theorem with this claim also states the one asked for."""
        return not self.obstacles(asked)

    def obstacles(self, asked: "Claim") -> tuple[str, ...]:
        """The fields in which this claim does not cover the one asked for."""
        return tuple(field for field in self._fields if not self._covers(field, asked))

    def _covers(self, field: str, asked: "Claim") -> bool:
        mine, wanted = getattr(self, field), getattr(asked, field)
        if field == "scope" and mine == "consistent_hypotheses" and wanted != mine:
            # without a consistent hypothesis the theorem says nothing about any learner
            return asked.setting == "realizable" and wanted in ("erm", "some_learner")
        hard_law = self.scope == "every_learner" and self.side == "lower"
        if hard_law and field in _REVERSED_FOR_LOWER:
            mine, wanted = wanted, mine
        return wanted in _reachable(field, mine)

    @property
    def faults(self) -> list[str]:
        """Fields with a value outside the vocabulary, each with what it may be."""
        return [
            f"{field} of a claim is one of {', '.join(allowed)}, got {getattr(self, field)!r}"
            for field, allowed in VALUES.items()
            if getattr(self, field) not in allowed
        ]

    @property
    def is_guarantee(self) -> bool:
        """False for what holds only asymptotically or approximately."""
        return self.surely in ("probability", "expectation", "certain")

    @property
    def sentence(self) -> str:
        """The claim in words; the numbers are those of the call."""
        surely = "" if self.form == "failure_probability" else _SURELY[self.surely]
        if self.scope == "posterior_draw":
            surely = surely.replace("over the sample", "over the sample and the draw")
        limit = self.scope == "every_learner"
        statement = self._limit() if limit else surely + self._statement()
        sentence = f"{statement}{self._circumstances()}."
        return sentence[0].upper() + sentence[1:]

    def _statement(self) -> str:
        what, whom = QUANTITIES[self.quantity], SCOPES[self.scope]
        if self.form == "failure_probability":
            return f"the value bounds the probability that {what} of {whom} deviates as stated"
        if self.form == "sample_size":
            verb = "needs at least" if self.side == "lower" else "is within epsilon from"
            return f"{what} of {whom} {verb} the given number of observations"
        return f"{what} of {whom} is {_SIDES[self.side]}"

    def _limit(self) -> str:
        """What no learner can undercut: some distribution defeats each of them."""
        what = QUANTITIES[self.quantity]
        how = "in expectation" if self.surely == "expectation" else "with probability 1 - delta"
        if self.form == "sample_size":
            return f"{SCOPES[self.scope]} keeps {what} within epsilon {how}, whatever the law, from fewer"
        return f"{SCOPES[self.scope]} keeps {what} below the value {how}, whatever the law"

    def _circumstances(self) -> str:
        parts = [_DATA[self.data], _LOSSES[self.loss], _SETTINGS[self.setting], _TIMES[self.time]]
        return "".join(f"; {part}" for part in parts if part)


_SURELY = {
    "probability": "With probability at least 1 - delta over the sample, ",
    "expectation": "In expectation over the sample, ",
    "certain": "For every sample, ",
    "asymptotic": "Only approximately, as n grows (not a guarantee), ",
    "approximate": "By an approximation (not a guarantee), ",
}
_SIDES = {
    "upper": "at most the value",
    "lower": "at least the value",
    "both": "at most the value and, on the same event, no further below the empirical risk",
    "equal": "the value",
}
_DATA = {
    "iid": "i.i.d. observations",
    "independent": "independent observations",
    "martingale": "observations with a fixed conditional mean, in order",
    "adversarial": "any sequence of observations",
    "exchangeable": "exchangeable observations",
    "mixing": "mixing observations",
    "gaussian_design": "Gaussian design",
    "without_replacement": "observations drawn without replacement from a finite population",
    "any_sample": "",
}
_LOSSES = {
    "unit": "loss in [0, 1]",
    "zero_one": "0-1 loss",
    "bounded": "bounded loss",
    "sub_gaussian": "sub-Gaussian loss",
    "bounded_above": "loss bounded above",
    "finite_variance": "loss of finite variance",
    "square": "square loss",
    "any": "",
}
_SETTINGS = {
    "agnostic": "",
    "bernstein": "under the Bernstein condition",
    "massart": "under Massart's noise condition",
    "realizable": "when some hypothesis of the class makes no error",
}
_TIMES = {"fixed_n": "", "every_n": "for every n at once"}
VALUES = {
    "quantity": tuple(QUANTITIES), "form": ("value", "sample_size", "failure_probability"),
    "side": tuple(_SIDES), "scope": tuple(SCOPES), "data": tuple(_DATA), "loss": tuple(_LOSSES),
    "setting": tuple(_SETTINGS), "surely": tuple(_SURELY), "time": tuple(_TIMES),
}  # fmt: skip
"""Every value of every field."""

CONDITIONS = {
    "independent_test_set": "the sample was not used, directly or indirectly, to choose the hypothesis",
    "models_before_sample": "all the models were fixed before the sample was drawn; only the choice "
    "among them may rest on it",
    "prior_before_sample": "the prior was chosen without the n observations counted here",
    "priors_before_sample": "all of the priors were chosen without the n observations counted here; only "
    "which of them is used may rest on these",
    "values_before_sample": "the values that the parameter may take, n_candidates of them, were fixed "
    "before the sample was seen",
    "class_before_sample": "the class was fixed before the sample was seen",
    "fixed_before_sample": "the parameters {parameters} were fixed before the sample was seen",
    "prefix_free_code": "the lengths come from a prefix-free code that was fixed before the sample",
    "variance_known": "the variance is the true one (or an upper bound on it), not estimated here",
    "population_known": "the population is finite and its size is the given one",
    "bayes_in_class": "the class contains the Bayes classifier",
    "nested_before_sample": "the hierarchy of classes was fixed before the sample was seen",
    "at_least_two_hypotheses": "the class has at least two hypotheses that disagree somewhere",
    "at_least_three_hypotheses": "the class has at least three hypotheses",
    "order_kept": "the losses are given in the order in which they were observed",
    "same_points": "both models were evaluated on the same sample",
    "no_errors_seen": "no error was observed on the sample",
    "sub_gamma_increments": "the monitored sum is sub-gamma with the given scale in its intrinsic time",
    "simple_hypotheses": "the null and the alternative each name one distribution",
    "fat_at_margin": "fat_dim is the fat-shattering dimension at the scale that the theorem names",
    "margin_before_sample": "the margin was fixed before the sample was seen",
    "growth_of_level_sets": "log_growth counts the labelings by the sets {loss > t}, for every hypothesis and t",
    "local_star_hull": "fixed_point belongs to a sub-root function above B times the Rademacher "
    "complexity of the losses f with T(f) <= r in the star hull of the class around 0; B is the "
    "bernstein constant and T(f) a functional between the variance and B times the mean of f, with "
    "T(a f) <= a^2 T(f)",
    "local_without_star_hull": "fixed_point belongs to a sub-root function above B times the "
    "Rademacher complexity of the losses f with T(f) <= r; B is the bernstein constant and T(f) a "
    "functional between the variance and B times the mean of f; one loss of the class is 0",
    "local_on_the_sample": "fixed_point belongs to a sub-root function above c R + (c + 11) "
    "ln(3/delta)/n, c = 2 max(10, B); B is the bernstein constant, with P f^2 <= B P f, and R the "
    "empirical Rademacher complexity of the losses f with P_n f^2 <= 2 r in the star hull around 0",
    "local_excess_losses": "fixed_point belongs to a sub-root function above B times the Rademacher "
    "complexity of the differences f of the losses from those of the best hypothesis with "
    "P f^2 <= r in their star hull around 0, and P f^2 <= B P f; B is the bernstein constant",
    "bernstein_condition": "the squared difference of every loss from that of the best hypothesis "
    "has a mean of at most bernstein_constant times the mean of the difference",
    "transductive_split": "the labelled observations were drawn from the whole population uniformly, "
    "without replacement; the risk is that on the rest",
    "votes_of_signs": "the hypotheses take the values -1 and 1, and the weights of a vote are not "
    "negative and add up to 1",
    "margin_reached": "every observation of the sample has at least this margin",
    "separating_weights": "some weights of at most this norm have y <w, x> >= 1 with probability 1, and "
    "no input is longer than the radius",
    "unit_functional_margin": "the learned weights have y <w, x> >= 1 on the whole sample, and no input "
    "is longer than the radius",
    "margin_of_every_sample": "every sample of n + 1 observations is separated with at least this "
    "margin by a hyperplane through the origin, and no input is longer than the radius",
    "dual_without_bias": "the machine has no bias: its multipliers, in a box or unbounded, maximise their "
    "sum less half the squared norm of the weights",
    "unchanged_support_vectors": "leaving out any support vector leaves the set of the others as it is",
    "independent_pairs": "the pairs were drawn independently of each other",
    "pseudo_dim_of_losses": "pseudo_dim is that of the class of losses, as functions of the observation",
    "values_within_one": "the functions take values in [-1, 1]",
    "binary_values": "the functions take two values, -1 and 1 or 0 and 1",
    "values_in_unit_interval": "the functions and the targets take values in [0, 1]",
    "non_trivial_class": "two hypotheses of the class agree at some point and disagree at another",
    "deterministic_learner": "the learner is deterministic",
    "intersection_closed": "the class is closed under intersections",
    "bounded_differences": "changing observation i alone changes the function by at most differences[i]",
    "bounded_increments": "increment i of the martingale is at most differences[i] in absolute value",
    "exact_suprema": "for every draw of the signs the supremum over the class was computed exactly or "
    "bounded from above: a search that may miss it is not enough",
    "centred_losses": "the signs were applied to the losses minus the middle of their range",
    "dominating_surrogate": "the surrogate lies in [0, 1] and is nowhere below the loss",
    "vanish_at_zero": "every one of the functions that are applied vanishes at 0",
    "made_by_adaboost": "the combination is AdaBoost's, with the weights that AdaBoost gives",
    "made_by_hard_margin": "the hypothesis is the hard-margin support vector machine's",
    "losses_near_mean": "no loss lies further below its mean than upper_loss, nor, where both sides are "
    "claimed, further above it; losses in [0, upper_loss] qualify",
    "isotropic_gaussians": "posterior and priors are Gaussians whose covariance is prior_variance times "
    "the identity",
    "predictable_temperatures": "each inverse temperature was chosen before its observation was seen; "
    "risk and empirical risk are means with these weights",
    "dropout_posterior": "the posterior drops each weight of theta with probability dropout_rate and adds "
    "N(0, 1) noise to the others; the prior does so around 0",
    "linear_gibbs": "the prior is N(0, I) on the weights and the posterior N(weight_scale w/|w|, I); "
    "the features were fixed before the sample was seen",
    "code_before_sample": "the code (decoder, architecture) was fixed before the sample was seen; it need "
    "not be prefix-free",
    "private_prior": "the prior is the output of an epsilon-differentially private algorithm on the sample; "
    "the probability is over both",
    "predictable_bets": "each bet depends on earlier losses only",
}


def _reachable(field: str, value: str) -> set[str]:
    """The values that a claim with this value also states."""
    found, open_values = {value}, [value]
    while open_values:
        for implied in _IMPLIES.get(field, {}).get(open_values.pop(), set()) - found:
            found.add(implied)
            open_values.append(implied)
    return found


def common_value(field: str, values: Iterable[str]) -> str | None:
    """The strongest value of a field that each of these implies; None where there is no such one."""
    shared = set.intersection(*(_reachable(field, value) for value in values))
    top = [x for x in shared if not any(x in _reachable(field, y) for y in shared - {x})]
    return top[0] if len(top) == 1 else None


FIXED = Claim()
BERNOULLI = FIXED._replace(loss="zero_one")
SEVERAL = FIXED._replace(scope="several_hypotheses")
EVERY_HYPOTHESIS = FIXED._replace(scope="every_hypothesis", side="both")
EVERY_HYPOTHESIS_ABOVE = EVERY_HYPOTHESIS._replace(side="upper")
CONSISTENT = FIXED._replace(scope="consistent_hypotheses")


def below(claim: Claim) -> Claim:
    """The same claim from below."""
    return claim._replace(side="lower")
