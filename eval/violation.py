"""A figure held against the one that was accepted."""

from __future__ import annotations

from dataclasses import dataclass

_ROUNDING = 0.5e-4


@dataclass(frozen=True, slots=True)
class Violation:
    """A figure that may be worse than accepted by more than its tolerance."""

    set_name: str
    figure: str
    accepted: float
    now: float | None
    tolerance: float

    def is_worse(self, *, lower_is_better: bool = False) -> bool:
        """Whether the figure is gone, or worse by more than the tolerance."""
        if self.now is None:
            return True
        fallen = self.now - self.accepted if lower_is_better else self.accepted - self.now
        # Figures are stored rounded; that is no change.
        return fallen > self.tolerance + _ROUNDING

    def __str__(self) -> str:
        now = "not measured" if self.now is None else f"{self.now:.4g}"
        return (
            f"{self.set_name}: {self.figure} is {now}, "
            f"accepted {self.accepted:.4g} with tolerance {self.tolerance:g}"
        )
