"""The figures of `benchmarks/reading.py` never fall silently."""

import json
import subprocess
from pathlib import Path

import pytest

from benchmarks import reading as benchmark

ROOT = Path(__file__).parents[2]


@pytest.mark.long
@pytest.mark.skipif(not benchmark.SHARED.exists(), reason="the saved pages are kept beside the repository, not in it")
def test_no_figure_is_below_its_floor() -> None:
    floors = json.loads(benchmark.FLOORS.read_text())["floors"]
    measured = benchmark.figures(benchmark.measure(compare=False, timed=False))
    assert {name: measured.get(name, 0) for name in floors} == {
        name: pytest.approx(max(floor, measured.get(name, 0))) for name, floor in floors.items()
    }


def test_floors_are_lowered_only_with_a_reason() -> None:
    committed = subprocess.run(
        ["git", "show", f"HEAD:{benchmark.FLOORS.relative_to(ROOT)}"], cwd=ROOT, capture_output=True, check=False
    )
    if committed.returncode:
        pytest.skip("the floors are not under version control here")
    before, now = json.loads(committed.stdout), json.loads(benchmark.FLOORS.read_text())
    reasons = {(row["figure"], row["to"]) for row in now["lowered"] if row["because"]}
    lowered = [
        (name, now["floors"].get(name))
        for name, floor in before["floors"].items()
        if now["floors"].get(name, 0) < floor
    ]
    assert set(lowered) <= reasons


def test_pinning_raises_and_does_not_lower(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benchmark, "FLOORS", tmp_path / "floors.json")

    def pin(value: float, because: str = "") -> dict[str, object]:
        benchmark.pin({"older": {"generic": benchmark.Score({"title": value})}}, because)
        return json.loads(benchmark.FLOORS.read_text())

    assert pin(0.8)["floors"] == {"older / generic / title": 0.8}
    assert pin(0.9)["floors"] == {"older / generic / title": 0.9}
    with pytest.raises(SystemExit, match=r"fell from 0\.9 to 0\.5"):
        pin(0.5)
    assert pin(0.5, "a page was withdrawn")["lowered"] == [
        {"figure": "older / generic / title", "from": 0.9, "to": 0.5, "because": "a page was withdrawn"}
    ]
