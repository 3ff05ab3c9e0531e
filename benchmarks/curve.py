"""What costs what in corpora of several sizes, as a table and as a picture; `python -m benchmarks --plot FILE`."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from math import log10
from pathlib import Path

from benchmarks import growth, queries

SHOWN = {
    "status: its queries": "status",
    "search: a word of every article": "search, a word of every article",
    "search: a beginning of 3 letters": "search, men*",
    "search: a rare and a common word": "search, a rare and a common word",
    "keep": "keeping an article (CPU)",
}
COLOURS = ("#1f5fa8", "#b3261e", "#2e7d32", "#8a5a00", "#5b3f9b")
WIDTH, HEIGHT, LEFT, BOTTOM = 720, 360, 60, 40

Found = Mapping[str, Mapping[int, float]]
"""What -> number of articles -> milliseconds."""


def measured(corpora: Sequence[Path], folder: Path) -> Found:
    """Each figure in each of the corpora, of which copies in `folder` are written to."""
    found: dict[str, dict[int, float]] = {name: {} for name in SHOWN.values()}
    for path in corpora:
        told = {what: number for what, number, _ in queries.asked(path)}
        size = int(told["articles"])
        for what, name in SHOWN.items():
            if what in told:
                found[name][size] = told[what]
        copy = folder / "grown.db"
        shutil.copy(path, copy)
        small, large = growth.measured(copy, folder / f"beside-{size}.db")
        found["keeping an article (CPU)"][size] = large
        found["keeping an article (CPU)"].setdefault(0, small)
        copy.unlink()
    return found


def show(found: Found) -> None:
    sizes = sorted({size for figures in found.values() for size in figures})
    print(f"{'ms':<36}" + "".join(f"{size:>12,}" for size in sizes))
    for name, figures in found.items():
        print(f"{name:<36}" + "".join(f"{figures[size]:>12.1f}" if size in figures else f"{'':>12}" for size in sizes))


def drawn(found: Found) -> str:
    """The figures as SVG, both axes logarithmic; what was measured in an empty corpus stands at its left end."""
    sizes = sorted({size for figures in found.values() for size in figures})
    ends = [max(figure, 0.1) for figures in found.values() for figure in figures.values()]
    low, high = log10(min(ends)) - 0.2, log10(max(ends)) + 0.2
    right = log10(max(sizes))

    def x(size: int) -> float:
        return LEFT + (WIDTH - LEFT - 20) * (log10(max(size, 1_000)) - 3) / (right - 3)

    def y(figure: float) -> float:
        return (HEIGHT - BOTTOM) * (1 - (log10(max(figure, 0.1)) - low) / (high - low))

    whole = HEIGHT + 22 * len(found)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {whole}" font-family="sans-serif" '
        'font-size="12">',
        "<title>Milliseconds against the number of articles in the corpus</title>",
        f'<rect width="{WIDTH}" height="{whole}" fill="#fff"/>',
    ]
    for size in sizes:
        parts.append(f'<text x="{x(size):.0f}" y="{HEIGHT - 12}" text-anchor="middle">{size:,}</text>')
        parts.append(f'<path d="M{x(size):.0f} 0V{HEIGHT - BOTTOM}" stroke="#ddd"/>')
    for power in range(int(low) - 1, int(high) + 1):
        if low < power < high:
            parts.append(f'<text x="{LEFT - 8}" y="{y(10**power) + 4:.0f}" text-anchor="end">{10.0**power:g} ms</text>')
            parts.append(f'<path d="M{LEFT} {y(10**power):.0f}H{WIDTH - 20}" stroke="#ddd"/>')
    for n, ((name, figures), colour) in enumerate(zip(found.items(), COLOURS, strict=True)):
        line = " ".join(f"{x(size):.1f},{y(figures[size]):.1f}" for size in sorted(figures))
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        level = HEIGHT + 22 * n + 8
        parts.append(f'<path d="M{LEFT} {level}h24" stroke="{colour}" stroke-width="2"/>')
        parts.append(f'<text x="{LEFT + 32}" y="{level + 4}">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])
