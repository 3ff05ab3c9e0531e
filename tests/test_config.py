"""The user's settings: how a duration may be written, wherever one is taken."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.config import Config, duration, load
from crawler.errors import ConfigError

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

WRITTEN: dict[Any, timedelta] = {
    "20m": HOUR / 3,
    "1h30m": 1.5 * HOUR,
    "1h 30m": 1.5 * HOUR,
    "1.5h": 1.5 * HOUR,
    "90s": HOUR / 40,
    "2d": 2 * DAY,
    "1w": 7 * DAY,
    "1d 2h 3m 4s": DAY + timedelta(hours=2, minutes=3, seconds=4),
    "20 menit": HOUR / 3,
    "1 jam": HOUR,
    "1 jam dan 30 menit": 1.5 * HOUR,
    "sejam": HOUR,
    "2 hari": 2 * DAY,
    "1 minggu": 7 * DAY,
    "30 detik": HOUR / 120,
    "20 Minutes": HOUR / 3,
    "1 hour 30 minutes": 1.5 * HOUR,
    "1 hour, 30 minutes": 1.5 * HOUR,
    " 20 m ": HOUR / 3,
    "PT20M": HOUR / 3,
    "P1W": 7 * DAY,
    "01:30:00": 1.5 * HOUR,
    "1 day, 02:00:00": DAY + 2 * HOUR,
    "20": HOUR / 180,
    20: HOUR / 180,
    1.5: HOUR / 2400,
    HOUR: HOUR,
}
MISTAKEN: list[Any] = [
    "", "m", "lama", "2 bulan", "1h 6h", "1h 1d", "30m 1h", "1 jam 30", "1,5 jam", "-5m", "-PT1H", "20m!", "1h2",
    "999999999999 d", "9" * 400 + "d", 1e300, float("nan"), float("inf"), True, None, [], {"jam": 1},
]  # fmt: skip


@pytest.mark.parametrize("written", WRITTEN)
def test_a_duration_as_people_write_it(written: Any) -> None:
    assert duration(written) == WRITTEN[written]


@pytest.mark.parametrize("written", MISTAKEN, ids=lambda written: repr(written)[:20])
def test_what_is_no_duration_is_answered_with_examples(written: Any) -> None:
    with pytest.raises(ValueError, match="1h30m, '20 menit'"):
        duration(written)


@pytest.mark.parametrize(
    "written",
    ["1h, 6h, 1d", "1h,6h,1d", '["PT1H", "6 jam", 86400]', ["1 jam", "6h", "P1D"], (HOUR, 6 * HOUR, DAY)],
)
def test_a_list_of_durations(written: Any) -> None:
    assert load({"recheck": written}).recheck == (HOUR, 6 * HOUR, DAY)


def test_one_duration_is_a_list_of_one() -> None:
    assert load({"recheck": 3600}).recheck == load({"recheck": "sejam"}).recheck == (HOUR,)


@pytest.mark.parametrize("written", ["", "1h,", "1,5 jam", "3600,7200", "1h; 2h", "[1", 5.0e300])
def test_a_list_that_cannot_be_meant(written: Any) -> None:
    with pytest.raises(ConfigError, match="recheck"):
        load({"recheck": written})


def test_every_setting_that_lasts_takes_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bacajuga.toml").write_text('timeout = "1 menit"\nmax_wait = "2m"\nrecheck = ["1 hari", "1w"]\n')
    monkeypatch.setitem(Config.model_config, "toml_file", tmp_path / "bacajuga.toml")
    monkeypatch.setenv("BACAJUGA_INTERVAL", "20 menit")
    monkeypatch.setenv("BACAJUGA_RECHECK", "1h, 2 hari")
    read = load({"delay": "1500s", "max_crawl_delay": "PT2M", "visit_limit": "1 jam"})
    assert (read.timeout, read.max_wait, read.delay, read.max_crawl_delay) == (60.0, 120.0, 1500.0, 120.0)
    assert (read.interval, read.visit_limit, read.recheck) == (HOUR / 3, HOUR, (HOUR, 2 * DAY))
    assert Config.model_validate_json(read.model_dump_json()) == read, "as it is handed to a visit's process"
