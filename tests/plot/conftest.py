"""What a drawn figure holds, as a reader of the picture finds it."""

import itertools

import pytest

pytest.importorskip("matplotlib")


@pytest.fixture
def words():
    """The words of axes that are drawn somewhere, with their boxes in pixels."""

    def found(axes):
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.text import Text

        FigureCanvasAgg(axes.figure).draw()
        whole = axes.get_window_extent()
        ticks = [*axes.xaxis.get_major_ticks(), *axes.yaxis.get_major_ticks()]
        within = [tick.label1 for tick in ticks
                  if whole.padded(1).overlaps(tick.gridline.get_window_extent())]  # fmt: skip
        own = [child for child in axes.get_children() if isinstance(child, Text)]
        texts = [*own, axes.xaxis.label, axes.yaxis.label, *within]
        # of an annotation the words alone, without its line
        return {text: Text.get_window_extent(text) for text in texts if text.get_text()}

    return found


@pytest.fixture
def legible(words):
    """Assert that no two words meet, that none leaves the figure, and none is below 8 points."""

    def check(axes):
        shown = words(axes)
        for (a, box), (b, other) in itertools.combinations(shown.items(), 2):
            apart = (
                min(box.x1, other.x1) - max(box.x0, other.x0) < 1
                or min(box.y1, other.y1) - max(box.y0, other.y0) < 1.5
            )
            assert apart, (a.get_text(), b.get_text())
        whole = axes.figure.bbox
        for text, box in shown.items():
            assert whole.x0 - 1 <= box.x0 and box.x1 <= whole.x1 + 1, text.get_text()
            assert whole.y0 - 1 <= box.y0 and box.y1 <= whole.y1 + 1, text.get_text()
            assert text.get_fontsize() >= 8, text.get_text()
        return {text.get_text() for text in shown}

    return check
