"""kill -9, two writers and a full disk: nothing half there, nothing lost, nothing done twice."""

import os
import random
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from children import environment, start
from corpus_makers import BUKIT, rows, sound

from crawler.corpus import Corpus
from crawler.corpus.export import export, formats
from crawler.errors import BacajugaError

HERE = Path(__file__).parent
PAGES = 120
KILLS = 25
ENOUGH = 1_000  # pages that all the kills together do not let through

EDGES = (
    "SELECT s.url, position, target_url, t.url, resolved_by FROM links JOIN articles s ON s.id = source_id "
    "LEFT JOIN articles t ON t.id = target_id ORDER BY 1, 2, 3"
)
ARTICLES = "SELECT url, key, title, body, content_hash, revision_count FROM articles ORDER BY url"


def writer(path: Path, outlet: str, pages: int, **options: object) -> "subprocess.Popen[bytes]":
    command = [sys.executable, HERE / "corpus_writer.py", path, outlet, str(pages)]
    env = environment(path.parent, PYTHONPATH=f"{HERE.parent}{os.pathsep}{HERE.parents[1]}")
    return start(command, path.parent, env, text=False, **options)


def whole(corpus: Corpus) -> None:
    """Each article has its revision, its page, its links, its settled URL, and its words in the index."""
    sound(corpus)
    (kept,) = rows(corpus, "SELECT count(*) FROM articles")
    for what in (
        "revisions",
        "pages",
        "(SELECT DISTINCT source_id FROM links)",
        "frontier WHERE outcome IS NOT NULL",
        "articles_fts WHERE articles_fts MATCH 'naskah'",
    ):
        assert rows(corpus, f"SELECT count(*) FROM {what}") == [kept], what
    assert rows(corpus, "SELECT sum(new) FROM visits") == [kept] or kept == (0,)


@pytest.mark.fault(43)
@pytest.mark.long
def test_killed_at_random_instants(tmp_path: Path) -> None:
    path, seed = tmp_path / "corpus.db", random.randrange(10**6)
    print(f"seed {seed}")
    rng = random.Random(seed)
    fetched: Counter[int] = Counter()
    for kill in range(KILLS):
        with writer(path, "kabar_selat", ENOUGH) as child:
            assert child.stdout is not None
            # Some die while they open the file, the rest after their first few pages.
            if kill % 5:
                fetched[int(child.stdout.readline())] += 1
                time.sleep(rng.uniform(0, 0.015))
            else:
                time.sleep(rng.uniform(0.02, 0.25))
            child.kill()
            fetched.update(map(int, child.stdout.read().split()))
        if path.exists():
            with Corpus.open(path) as corpus:
                whole(corpus)
    with writer(path, "kabar_selat", ENOUGH) as child:
        said, errors = child.communicate()
    assert (child.returncode, errors) == (0, b"")
    fetched.update(map(int, said.split()))
    unkilled = tmp_path / "unkilled.db"
    with writer(unkilled, "kabar_selat", ENOUGH) as child:
        child.communicate()
    with Corpus.open(path) as corpus, Corpus.open(unkilled) as calm:
        whole(corpus)
        assert rows(corpus, ARTICLES) == rows(calm, ARTICLES)
        assert rows(corpus, EDGES) == rows(calm, EDGES)
        outcomes = Counter(outcome for (outcome,) in rows(corpus, "SELECT outcome FROM visits"))
        assert outcomes["killed"] >= KILLS / 2
        assert rows(corpus, "SELECT fetched FROM visits ORDER BY id DESC LIMIT 1") == [(ENOUGH,)]
    assert max(fetched.values()) == 1, "a page that was committed was fetched again"


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    with writer(path, "kabar_selat", PAGES) as one, writer(path, "harian_bukit", PAGES) as two:
        for child in (one, two):
            said, errors = child.communicate()
            assert (len(said.split()), errors) == (PAGES, b"")
    with Corpus.open(path) as corpus:
        whole(corpus)
        assert rows(corpus, "SELECT count(*) FROM articles") == [(2 * PAGES,)]


@pytest.mark.fault(47)
def test_two_crawls_of_one_outlet(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    with writer(path, "kabar_selat", 2000) as one:
        assert one.stdout is not None
        one.stdout.readline()
        with writer(path, "kabar_selat", 2000) as two:
            _, errors = two.communicate()
        one.kill()
    assert f"kabar_selat is held by process {one.pid}" in errors.decode()


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    limit = 600_000
    with writer(
        path, "kabar_selat", PAGES, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    ) as child:
        _, errors = child.communicate()
    assert child.returncode == 1
    assert errors.count(b"\n") == 1
    assert b"df -h" in errors
    with Corpus.open(path) as corpus:
        whole(corpus)
    with writer(path, "kabar_selat", PAGES) as child:
        assert child.wait() == 0
    with Corpus.open(path) as corpus:
        whole(corpus)


@pytest.mark.fault(45)
def test_a_full_disk_while_writing(small_disk: Path) -> None:
    path = small_disk / "corpus.db"
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 400_000)
    with writer(path, "kabar_selat", 30) as child:
        _, errors = child.communicate()
    assert errors.startswith(b"no room left to write")
    assert errors.count(b"\n") == 1
    ballast.unlink()
    with Corpus.open(path) as corpus:
        whole(corpus)


@pytest.mark.fault(45)
@pytest.mark.parametrize("form", formats())
def test_a_full_disk_while_exporting(tmp_path: Path, small_disk: Path, form: str) -> None:
    path = tmp_path / "corpus.db"
    with writer(path, BUKIT.name, PAGES) as child:
        child.communicate()
    target = small_disk / "out"
    target.write_bytes(b"the export of yesterday")
    (small_disk / "ballast").write_bytes(b"x" * 900_000)
    with Corpus.open(path) as corpus:
        with pytest.raises(BacajugaError, match="no room left to write"):
            export(corpus, form, target, force=True)
        whole(corpus)
    assert sorted(child.name for child in small_disk.iterdir()) == ["ballast", "out"]
    assert target.read_bytes() == b"the export of yesterday"
