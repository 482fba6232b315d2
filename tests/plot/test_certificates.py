"""Forest plots: a row for each statement, its limits where they are."""

from types import SimpleNamespace

import pytest

from genbounds.plot import CertificatesDisplay


def statement(**facts):
    usual = {
        "subject": "forest", "group": "", "kind": "held_out", "observed": 0.1, "n": 100,
        "lower": None, "upper": 0.2, "delta": 0.05, "vacuous": False, "side": "upper",
        "width": 1.0, "theorem": "clopper_pearson",
    }  # fmt: skip
    return SimpleNamespace(**usual | facts)


def certificate(*statements):
    return SimpleNamespace(delta=0.05, statements=statements)


ALL = certificate(
    statement(),
    statement(group="women", lower=0.05, side="both"),
    statement(group="men", upper=1.0, vacuous=True, n=3, observed=1 / 3),
    statement(subject="a_very_long_name_of_a_model_with_many_words", lower=0.02, upper=None,
              side="lower"),
    statement(kind="difference", pair=("forest", "tree"), lower=-0.1, upper=0.03, observed=-0.05),
    statement(kind="training"), statement(kind="fold"), statement(kind="average"),
)  # fmt: skip


def notes(axes):
    return [text.get_text() for text in axes.texts]


def test_dots_are_what_was_observed_and_bars_reach_the_limits():
    axes = CertificatesDisplay.from_certificates(ALL).plot().ax_
    seen = [line.get_xdata()[0] for line in axes.lines
            if len(line.get_xdata()) == 1 and line.get_marker() != "|"]  # fmt: skip
    assert seen == pytest.approx([s.observed for s in ALL.statements])
    caps = [list(line.get_xdata()) for line in axes.lines if line.get_marker() == "|"]
    assert caps == [[e for e in (s.lower, s.upper) if e is not None] for s in ALL.statements]


def test_a_side_without_a_limit_goes_on_to_what_a_risk_can_be():
    apart = statement(kind="difference", pair=("a", "b"), lower=-0.3, upper=0.1, observed=-0.1)
    for found in (certificate(statement()), certificate(statement(), apart)):
        axes = CertificatesDisplay.from_certificates(found).plot().ax_
        bars = [c.get_segments()[0] for c in axes.collections if len(c.get_segments()) == 1]
        assert any(bar[:, 0] == pytest.approx([0, 0.2]) for bar in bars)


def test_notes_are_rounded_to_the_safe_side_and_vacuity_is_said():
    found = certificate(statement(lower=0.12349, upper=0.12341, side="both"),
                        statement(upper=1.0, vacuous=True, n=3))  # fmt: skip
    first, second = notes(CertificatesDisplay.from_certificates(found).plot().ax_)
    assert first == "[0.123, 0.124]  (n=100)"
    assert second == "vacuous  (n=3)"


def test_the_title_says_side_and_delta():
    title = CertificatesDisplay.from_certificates(certificate(statement(), statement())).heading
    assert "upper limits of the risk; delta = 0.05, all at once" in title
    assert (
        "lower limits"
        in CertificatesDisplay.from_certificates(
            certificate(statement(lower=0.1, upper=None, side="lower"))
        ).heading
    )


def test_several_certificates_have_headings():
    display = CertificatesDisplay.from_certificates({"before": ALL, "after": ALL})
    axes = display.plot().ax_
    bold = [t.get_text() for t in axes.get_yticklabels() if t.get_fontweight() == "bold"]
    assert bold == ["before", "after"]
    assert len(display.rows) == 2 * (1 + len(ALL.statements))
    assert "for all of one certificate" in display.heading


def test_many_differences_are_left_out_and_counted():
    pairs = [statement(kind="difference", pair=("a", f"b{k}")) for k in range(16)]
    found = certificate(statement(), *pairs)
    display = CertificatesDisplay.from_certificates(found)
    assert len(display.rows) == 1
    assert "16 differences of two models are not shown" in display.heading
    assert len(CertificatesDisplay.from_certificates(found, differences=True).rows) == 17


@pytest.mark.parametrize("width", [8.8, 4])
def test_every_kind_can_be_read(width, legible):
    shown = legible(CertificatesDisplay.from_certificates([ALL, ALL], width=width).plot().ax_)
    assert any("forest - tree" in word for word in shown)


def test_twenty_models_can_be_read(legible):
    found = certificate(*(statement(subject=f"model_{k}", upper=0.1 + k / 50) for k in range(20)))
    shown = legible(CertificatesDisplay.from_certificates(found).plot().ax_)
    assert {f"model_{k}" for k in range(20)} <= shown


def test_text_has_a_row_for_each():
    shown = CertificatesDisplay.from_certificates(ALL).text.splitlines()
    assert sum("(n=" in line for line in shown) == len(ALL.statements)
    assert all(len(line) <= 80 for line in shown)


@pytest.mark.parametrize("nothing", [[], {}])
def test_nothing_to_draw(nothing):
    with pytest.raises(ValueError, match="nothing to draw"):
        CertificatesDisplay.from_certificates(nothing)
    with pytest.raises(ValueError, match="certificates are wanted"):
        CertificatesDisplay.from_certificates(3)
