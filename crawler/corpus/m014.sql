-- What `m014_kept_counts` does. A released step is never edited: the present schema is in schema.sql.

ALTER TABLE visits ADD COLUMN kept_at TEXT;
CREATE INDEX visits_running ON visits(outlet) WHERE ended_at IS NULL;
-- A visit that was cut short just before the upgrade is gone on with after it.
UPDATE visits SET kept_at = f.at FROM (
  SELECT visit_id, max(fetched_at) AS at FROM frontier
  WHERE visit_id IN (SELECT id FROM visits WHERE ended_at IS NULL) GROUP BY visit_id
) AS f WHERE f.visit_id = visits.id;

DROP INDEX frontier_never;
DROP INDEX frontier_left;
DROP INDEX frontier_failed;
CREATE INDEX frontier_never ON frontier(outlet, due_at) WHERE fetched_at IS NULL AND due_at IS NOT NULL;
CREATE INDEX frontier_beyond ON frontier(outlet, depth) WHERE left_by = 'follow';
CREATE INDEX frontier_older ON frontier(outlet, dated_at) WHERE left_by = 'since';
CREATE INDEX frontier_failed ON frontier(outlet, tries) WHERE tries > 0;
CREATE INDEX sources_outlet ON sources(outlet);
CREATE INDEX sources_troubled ON sources(url) WHERE why <> '';
CREATE INDEX articles_kept ON articles(outlet, id);
CREATE INDEX links_revision ON links(revision_id);
CREATE INDEX link_stays_from ON link_stays(from_revision_id);
CREATE INDEX link_stays_to ON link_stays(to_revision_id) WHERE to_revision_id IS NOT NULL;

CREATE TABLE tallies (
  outlet TEXT NOT NULL,
  what TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (outlet, what)
) STRICT, WITHOUT ROWID;
INSERT INTO tallies (outlet, what, number)
WITH a AS (
  SELECT outlet, count(*) AS articles, sum(revision_count) AS revisions, count(gone_at) AS gone,
    count(*) FILTER (WHERE doubts <> '[]') AS doubtful FROM articles GROUP BY outlet
), l AS (
  SELECT s.outlet, count(*) AS links, count(target_id) AS resolved
  FROM links JOIN articles s ON s.id = source_id GROUP BY s.outlet
), f AS (
  SELECT outlet, count(*) FILTER (WHERE left_by IS NULL AND fetched_at IS NULL) AS unread,
    count(left_by) AS left_out FROM frontier WHERE kind = 'article' GROUP BY outlet
)
SELECT outlet, 'articles', articles FROM a
UNION ALL SELECT outlet, 'revisions', revisions FROM a
UNION ALL SELECT outlet, 'gone', gone FROM a
UNION ALL SELECT outlet, 'doubtful', doubtful FROM a
UNION ALL SELECT outlet, 'links', links FROM l
UNION ALL SELECT outlet, 'resolved', resolved FROM l
UNION ALL SELECT outlet, 'unread', unread FROM f
UNION ALL SELECT outlet, 'left', left_out FROM f
UNION ALL SELECT '', 'url:' || coalesce(outcome, 'waiting'), count(*) FROM frontier GROUP BY outcome
UNION ALL SELECT '', 'aliases', count(*) FROM aliases
UNION ALL SELECT '', 'clusters', count(*) FROM clusters;

-- The options of a full-text index cannot be changed: it is made anew.
DROP TRIGGER articles_fts_insert;
DROP TRIGGER articles_fts_delete;
DROP TRIGGER articles_fts_update;
DROP TABLE articles_fts;
CREATE VIRTUAL TABLE articles_fts
USING fts5(
  title, lead, body, content='articles', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='3 4'
);
INSERT INTO articles_fts(articles_fts, rank) VALUES ('rank', 'bm25(4.0, 2.0, 1.0)');
INSERT INTO articles_fts(articles_fts) VALUES ('rebuild');

CREATE TRIGGER articles_fts_insert AFTER INSERT ON articles BEGIN
  INSERT INTO articles_fts(rowid, title, lead, body) VALUES (new.id, new.title, new.lead, new.body);
END;
CREATE TRIGGER articles_fts_delete AFTER DELETE ON articles BEGIN
  INSERT INTO articles_fts(articles_fts, rowid, title, lead, body)
  VALUES ('delete', old.id, old.title, old.lead, old.body);
END;
CREATE TRIGGER articles_fts_update AFTER UPDATE OF title, lead, body ON articles
WHEN (old.title, old.lead, old.body) IS NOT (new.title, new.lead, new.body) BEGIN
  INSERT INTO articles_fts(articles_fts, rowid, title, lead, body)
  VALUES ('delete', old.id, old.title, old.lead, old.body);
  INSERT INTO articles_fts(rowid, title, lead, body) VALUES (new.id, new.title, new.lead, new.body);
END;

CREATE TRIGGER tallies_article_insert AFTER INSERT ON articles BEGIN
  INSERT INTO tallies (outlet, what, number) VALUES
    (new.outlet, 'articles', 1), (new.outlet, 'revisions', new.revision_count),
    (new.outlet, 'gone', new.gone_at IS NOT NULL), (new.outlet, 'doubtful', new.doubts <> '[]')
  ON CONFLICT (outlet, what) DO UPDATE SET number = number + excluded.number;
END;
CREATE TRIGGER tallies_article_delete AFTER DELETE ON articles BEGIN
  INSERT INTO tallies (outlet, what, number) VALUES
    (old.outlet, 'articles', -1), (old.outlet, 'revisions', -old.revision_count),
    (old.outlet, 'gone', -(old.gone_at IS NOT NULL)), (old.outlet, 'doubtful', -(old.doubts <> '[]'))
  ON CONFLICT (outlet, what) DO UPDATE SET number = number + excluded.number;
END;
CREATE TRIGGER tallies_article_update AFTER UPDATE OF outlet, revision_count, gone_at, doubts ON articles
WHEN (old.outlet, old.revision_count, old.gone_at IS NULL, old.doubts = '[]')
  IS NOT (new.outlet, new.revision_count, new.gone_at IS NULL, new.doubts = '[]') BEGIN
  INSERT INTO tallies (outlet, what, number) VALUES
    (old.outlet, 'articles', -1), (old.outlet, 'revisions', -old.revision_count),
    (old.outlet, 'gone', -(old.gone_at IS NOT NULL)), (old.outlet, 'doubtful', -(old.doubts <> '[]')),
    (new.outlet, 'articles', 1), (new.outlet, 'revisions', new.revision_count),
    (new.outlet, 'gone', new.gone_at IS NOT NULL), (new.outlet, 'doubtful', new.doubts <> '[]')
  ON CONFLICT (outlet, what) DO UPDATE SET number = number + excluded.number;
END;
CREATE TRIGGER tallies_article_moved AFTER UPDATE OF outlet ON articles WHEN old.outlet <> new.outlet BEGIN
  INSERT INTO tallies (outlet, what, number)
  SELECT old.outlet, 'links', -count(*) FROM links WHERE source_id = new.id
  UNION ALL SELECT old.outlet, 'resolved', -count(target_id) FROM links WHERE source_id = new.id
  UNION ALL SELECT new.outlet, 'links', count(*) FROM links WHERE source_id = new.id
  UNION ALL SELECT new.outlet, 'resolved', count(target_id) FROM links WHERE source_id = new.id
  ON CONFLICT (outlet, what) DO UPDATE SET number = number + excluded.number;
END;

CREATE TRIGGER tallies_link_insert AFTER INSERT ON links BEGIN
  INSERT INTO tallies (outlet, what, number)
  SELECT outlet, 'links', 1 FROM articles WHERE id = new.source_id
  UNION ALL SELECT outlet, 'resolved', new.target_id IS NOT NULL FROM articles WHERE id = new.source_id
  ON CONFLICT (outlet, what) DO UPDATE SET number = number + excluded.number;
END;
CREATE TRIGGER tallies_link_delete AFTER DELETE ON links BEGIN
  INSERT INTO tallies (outlet, what, number)
  SELECT outlet, 'links', -1 FROM articles WHERE id = old.source_id
  UNION ALL SELECT outlet, 'resolved', -(old.target_id IS NOT NULL) FROM articles WHERE id = old.source_id
  ON CONFLICT (outlet, what) DO UPDATE SET number = number + excluded.number;
END;
CREATE TRIGGER tallies_link_moved AFTER UPDATE OF source_id ON links WHEN old.source_id <> new.source_id BEGIN
  INSERT INTO tallies (outlet, what, number)
  SELECT outlet, 'links', -1 FROM articles WHERE id = old.source_id
  UNION ALL SELECT outlet, 'resolved', -(old.target_id IS NOT NULL) FROM articles WHERE id = old.source_id
  UNION ALL SELECT outlet, 'links', 1 FROM articles WHERE id = new.source_id
  UNION ALL SELECT outlet, 'resolved', new.target_id IS NOT NULL FROM articles WHERE id = new.source_id
  ON CONFLICT (outlet, what) DO UPDATE SET number = number + excluded.number;
END;
CREATE TRIGGER tallies_link_resolved AFTER UPDATE OF target_id ON links
WHEN old.source_id = new.source_id AND (old.target_id IS NULL) <> (new.target_id IS NULL) BEGIN
  INSERT INTO tallies (outlet, what, number)
  SELECT outlet, 'resolved', (old.target_id IS NULL) - (new.target_id IS NULL) FROM articles WHERE id = new.source_id
  ON CONFLICT (outlet, what) DO UPDATE SET number = number + excluded.number;
END;

CREATE TRIGGER tallies_frontier_insert AFTER INSERT ON frontier BEGIN
  INSERT INTO tallies (outlet, what, number) VALUES
    ('', 'url:' || coalesce(new.outcome, 'waiting'), 1),
    (new.outlet, 'unread', new.kind = 'article' AND new.left_by IS NULL AND new.fetched_at IS NULL),
    (new.outlet, 'left', new.kind = 'article' AND new.left_by IS NOT NULL)
  ON CONFLICT (outlet, what) DO UPDATE SET number = number + excluded.number;
END;
CREATE TRIGGER tallies_frontier_delete AFTER DELETE ON frontier BEGIN
  INSERT INTO tallies (outlet, what, number) VALUES
    ('', 'url:' || coalesce(old.outcome, 'waiting'), -1),
    (old.outlet, 'unread', -(old.kind = 'article' AND old.left_by IS NULL AND old.fetched_at IS NULL)),
    (old.outlet, 'left', -(old.kind = 'article' AND old.left_by IS NOT NULL))
  ON CONFLICT (outlet, what) DO UPDATE SET number = number + excluded.number;
END;
CREATE TRIGGER tallies_frontier_update AFTER UPDATE OF outlet, kind, outcome, left_by, fetched_at ON frontier
WHEN (old.outlet, old.kind, old.outcome, old.left_by IS NULL, old.fetched_at IS NULL)
  IS NOT (new.outlet, new.kind, new.outcome, new.left_by IS NULL, new.fetched_at IS NULL) BEGIN
  INSERT INTO tallies (outlet, what, number) VALUES
    ('', 'url:' || coalesce(old.outcome, 'waiting'), -1), ('', 'url:' || coalesce(new.outcome, 'waiting'), 1),
    (old.outlet, 'unread', -(old.kind = 'article' AND old.left_by IS NULL AND old.fetched_at IS NULL)),
    (old.outlet, 'left', -(old.kind = 'article' AND old.left_by IS NOT NULL)),
    (new.outlet, 'unread', new.kind = 'article' AND new.left_by IS NULL AND new.fetched_at IS NULL),
    (new.outlet, 'left', new.kind = 'article' AND new.left_by IS NOT NULL)
  ON CONFLICT (outlet, what) DO UPDATE SET number = number + excluded.number;
END;

CREATE TRIGGER tallies_alias_insert AFTER INSERT ON aliases BEGIN
  INSERT INTO tallies (outlet, what, number) VALUES ('', 'aliases', 1)
  ON CONFLICT (outlet, what) DO UPDATE SET number = number + excluded.number;
END;
CREATE TRIGGER tallies_alias_delete AFTER DELETE ON aliases BEGIN
  INSERT INTO tallies (outlet, what, number) VALUES ('', 'aliases', -1)
  ON CONFLICT (outlet, what) DO UPDATE SET number = number + excluded.number;
END;
CREATE TRIGGER tallies_cluster_insert AFTER INSERT ON clusters BEGIN
  INSERT INTO tallies (outlet, what, number) VALUES ('', 'clusters', 1)
  ON CONFLICT (outlet, what) DO UPDATE SET number = number + excluded.number;
END;
CREATE TRIGGER tallies_cluster_delete AFTER DELETE ON clusters BEGIN
  INSERT INTO tallies (outlet, what, number) VALUES ('', 'clusters', -1)
  ON CONFLICT (outlet, what) DO UPDATE SET number = number + excluded.number;
END;
