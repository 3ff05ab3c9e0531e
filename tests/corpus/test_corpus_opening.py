"""Files that are no corpus, or not ours to write: one line that says what to do, and nothing touched."""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from children import ROOT, environment, run
from corpus_makers import article, begin, found, put, rows, sound
from sqlite_utils import Database

from crawler.corpus import Corpus, schema
from crawler.corpus.engine import sqlite3
from crawler.corpus.export import export
from crawler.errors import Changed, CorpusError


def refusal(path: Path, *, create: bool = True) -> str:
    with pytest.raises(CorpusError) as refused:
        Corpus.open(path, create=create)
    said = str(refused.value)
    assert "\n" not in said
    assert path.name in said
    return said


def test_a_new_corpus_is_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    for _ in range(2):
        with Corpus.open(path) as corpus:
            assert corpus.db["articles"].exists()
            assert corpus.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert "no corpus" in refusal(tmp_path / "other.db", create=False)
    assert not (tmp_path / "other.db").exists()


@pytest.mark.fault(46)
def test_a_folder_and_a_missing_folder(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path)
    assert "mkdir -p" in refusal(tmp_path / "none" / "corpus.db")


@pytest.mark.fault(46)
@pytest.mark.parametrize("content", [b"judul,isi\n" * 500, b"SQLite format 3\0" + b"\xff" * 4096, b"x"])
def test_not_a_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.csv"
    path.write_bytes(content)
    refusal(path)
    assert path.read_bytes() == content


@pytest.mark.fault(46)
@pytest.mark.parametrize("left", [0.001, 0.02, 0.5, 0.9])
def test_a_truncated_corpus(tmp_path: Path, left: float) -> None:
    path = tmp_path / "corpus.db"
    with Corpus.open(path) as corpus:
        put(corpus, begin(corpus, found(1)), article(1))
    content = path.read_bytes()[: int(path.stat().st_size * left)]
    path.write_bytes(content)
    assert "damaged" in refusal(path)
    assert path.read_bytes() == content


@pytest.mark.fault(46)
def test_a_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "photos.db"
    Database(path)["photos"].insert({"id": 1})
    content = path.read_bytes()
    assert "another program" in refusal(path)
    assert path.read_bytes() == content
    assert [child.name for child in tmp_path.iterdir()] == ["photos.db"]


@pytest.mark.fault(46, 54)
def test_a_corpus_of_a_newer_bacajuga(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    with Corpus.open(path) as corpus, corpus.transaction():
        corpus.db["_sqlite_migrations"].insert({"migration_set": "bacajuga", "name": "m999", "applied_at": ""})
    assert "newer Bacajuga" in refusal(path)


def test_an_interrupted_beginning_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, broken_text = tmp_path / "corpus.db", schema.text() + "INSERT INTO nowhere VALUES (1);\n"
    with monkeypatch.context() as broken:
        broken.setattr(schema, "text", lambda: broken_text)
        with pytest.raises(Exception, match="no such table: nowhere"):
            Corpus.open(path)
    assert Database(path).table_names() == []
    with Corpus.open(path) as corpus:
        sound(corpus)


@pytest.mark.fault(45)
@pytest.mark.skipif(os.getuid() != 0, reason="plays another user, which only root can")
@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_corpus_that_may_not_be_written(what: str) -> None:
    # Not in `tmp_path`: whoever starts pytest next shuts the folder above it to all other users.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "corpus.db"
        path.parent.chmod(0o755)
        if what == "file":
            Corpus.open(path).close()
        said = in_child(
            "import os, sys; from crawler.corpus import Corpus; from crawler.errors import CorpusError\n"
            "os.setgid(65534); os.setuid(65534)\n"
            "try: Corpus.open(sys.argv[1])\n"
            "except CorpusError as error: print(error)",
            path,
        )
    assert "ls -l" in said
    assert said.count("\n") == 1


def in_child(code: str, path: Path) -> str:
    said = run([sys.executable, "-c", code, path], ROOT, environment(path.parent))
    assert said.err == ""
    return said.out


@pytest.mark.fault(46)
def test_a_writer_that_is_locked_out_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.corpus.connection.WAIT", 0.05)
    path = tmp_path / "corpus.db"
    with Corpus.open(path) as corpus, Corpus.open(path) as second:
        refused = pytest.raises(CorpusError, match=f"process {os.getpid()}")
        with corpus.transaction(), refused, second.transaction():
            pytest.fail("two writers at once")
        stranger = Database(path)
        stranger.execute("BEGIN IMMEDIATE")
        with pytest.raises(CorpusError, match="locked by another program"), corpus.transaction():
            pytest.fail("two writers at once")
        stranger.execute("ROLLBACK")
        with second.transaction():
            pass
        stranger.close()


@pytest.mark.parametrize("way", [Corpus.open, Corpus.reading])
def test_what_the_file_has_been_through_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: Callable[[Path], Corpus]
) -> None:
    Corpus.open(tmp_path / "corpus.db").close()
    asked, applied = [], schema.applied
    monkeypatch.setattr(schema, "applied", lambda conn: asked.append(conn) or applied(conn))
    way(tmp_path / "corpus.db").close()
    assert len(asked) == 1


def test_an_export_that_became_a_corpus_is_written_beside_its_readers(tmp_path: Path) -> None:
    with Corpus.open(tmp_path / "corpus.db") as corpus:
        export(corpus, "sqlite", tmp_path / "salinan.db")
    with Corpus.open(tmp_path / "salinan.db") as copy, Corpus.reading(tmp_path / "salinan.db") as reader:
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        with reader.snapshot(), copy.transaction():
            assert reader.execute("SELECT count(*) FROM articles").fetchone() == (0,)
            copy.execute("DELETE FROM articles")


def test_what_is_written_while_it_is_read_as_it_stands_is_told(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    Corpus.open(path).close()
    with pytest.raises(Changed, match="run the same command again"), Corpus.reading(path) as reader:
        with Corpus.open(path) as writer:
            put(writer, begin(writer, found(1)), article(1))
        reader.execute("SELECT count(*) FROM articles").fetchone()
    with Corpus.open(path) as writer, Corpus.reading(path) as reader:
        put(writer, begin(writer, found(2)), article(2))
        assert rows(reader, "SELECT count(*) FROM articles") == [(2,)]


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    Corpus.open(path).close()
    with Corpus.reading(path) as reader, pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.execute("DELETE FROM articles")
    with Corpus.open(path), Corpus.reading(path) as reader, pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.execute("DELETE FROM articles")
