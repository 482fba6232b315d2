"""What a result of the referee looks like wherever it is shown: all from one report."""

from __future__ import annotations

from genbounds.rendering import Report, as_html, as_markdown, as_text


class Shown:
    """A result that has a report."""

    @property
    def report(self) -> Report:
        """The parts that every rendering shows, in order."""
        raise TypeError(f"{type(self).__name__} has no report")

    @property
    def text(self) -> str:
        """For a terminal."""
        return as_text(self.report)

    @property
    def markdown(self) -> str:
        """For a report in Markdown."""
        return as_markdown(self.report)

    def _repr_html_(self) -> str:
        return as_html(self.report)

    def __repr__(self) -> str:
        return self.text
