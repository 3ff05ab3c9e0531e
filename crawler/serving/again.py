"""At which ages kept articles are looked at again: a purse of its own, for one price would starve what is new. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

HOUR, DAY = 60.0, 1440.0

AGES = (HOUR / 2, 2 * HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY, 30 * DAY)
"""Minutes from when an article was met to each look at it. Most changes come early, and some after weeks."""


@dataclass(frozen=True, slots=True)
class Tier:
    """A row of `tiers`: what looks at one age have found at one outlet."""

    outlet: str
    age: float
    looks: float = 0.0
    finds: float = 0.0  # looks that found the article changed

    @property
    def worth(self) -> float:
        """Finds a look; of a tier not yet tried one in two, so that it is."""
        return (self.finds + 1) / (self.looks + 2)


def affordable(tiers: Iterable[Tier], articles: float, cap: float) -> tuple[float, ...]:
    """The ages at which an outlet's articles are looked at; `articles` a day are new, and `cap` looks a day allowed.

    The tier that finds least gives way first, of equals the latest.
    """
    best = sorted(tiers, key=lambda tier: (-tier.worth, tier.age))
    room = len(best) if articles <= 0 else int(max(cap, 0.0) / articles)
    return tuple(sorted(tier.age for tier in best[:room]))
