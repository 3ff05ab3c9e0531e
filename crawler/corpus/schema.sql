-- The present schema. New files are made from it, and docs/database.md is printed from its comments.
-- A change here needs a migration that brings older files to the same: crawler/corpus/migrations.py.

PRAGMA application_id = 0x42414341; -- "BACA": a corpus, and no other program's file

CREATE TABLE outlets (
  -- News publishers, as their definition said at their last visit.
  name TEXT PRIMARY KEY, -- short name: the file under spiders/, or the host where no file is known
  title TEXT NOT NULL, -- as a reader knows the outlet
  homepage TEXT NOT NULL DEFAULT '', -- where it starts; empty until it was visited itself
  language TEXT NOT NULL DEFAULT '', -- ISO 639 code of what it publishes
  timezone TEXT NOT NULL DEFAULT '', -- IANA zone of dates that name none
  hosts TEXT NOT NULL DEFAULT '[]', -- JSON array: hosts it publishes on, the main one first
  first_seen_at TEXT NOT NULL, -- UTC; when the corpus first met it
  visited_at TEXT, -- UTC; when its last visit began; null if only its articles were met
  filled INTEGER NOT NULL DEFAULT 0 -- article up to which is filled in what later versions add
) STRICT;

CREATE TABLE visits (
  -- One crawl of one outlet each, on schedule or on demand.
  id INTEGER PRIMARY KEY, -- in the order they began
  outlet TEXT NOT NULL REFERENCES outlets(name), -- whose visit
  request TEXT NOT NULL, -- what was asked, in a stable spelling
  pid INTEGER NOT NULL, -- process that crawled
  started_at TEXT NOT NULL, -- UTC
  since TEXT NOT NULL, -- UTC; when the chain of visits it goes on with began: nothing fetched later is fetched again
  resumes INTEGER REFERENCES visits(id), -- the visit cut short that it took over; null if it began afresh
  ended_at TEXT, -- UTC; null while it runs
  kept_at TEXT, -- UTC; when its last answer was kept; null before the first
  outcome TEXT, -- how it ended; null while it runs
  why TEXT NOT NULL DEFAULT '', -- the same in a few words
  fetched INTEGER NOT NULL DEFAULT 0, -- article fetches along the chain of visits
  new INTEGER NOT NULL DEFAULT 0, -- articles met for the first time
  changed INTEGER NOT NULL DEFAULT 0, -- articles with a new revision
  unchanged INTEGER NOT NULL DEFAULT 0, -- articles seen again as they were
  refused INTEGER NOT NULL DEFAULT 0, -- URLs that were not ours to fetch, or led off the known outlets
  failed INTEGER NOT NULL DEFAULT 0, -- URLs without a whole article: no answer, damaged, no article in it
  gone INTEGER NOT NULL DEFAULT 0, -- URLs that the outlet has removed
  links_found INTEGER NOT NULL DEFAULT 0, -- read-also links that were new
  links_resolved INTEGER NOT NULL DEFAULT 0, -- links, old and new, that got their target
  listed INTEGER NOT NULL DEFAULT 0 -- article URLs that the sources named
) STRICT;
CREATE INDEX visits_outlet ON visits(outlet, id);
CREATE INDEX visits_running ON visits(outlet) WHERE ended_at IS NULL;

CREATE TABLE frontier (
  -- Every URL ever to be fetched, and what became of it.
  id INTEGER PRIMARY KEY, -- in the order they were met
  url TEXT NOT NULL, -- canonical
  listed_as TEXT, -- as it was written where it was met, and is asked for; null where that is the canonical URL
  key TEXT NOT NULL UNIQUE, -- what the URL stands for: outlet and article id, or the URL
  kind TEXT NOT NULL, -- section, feed, sitemap or article
  outlet TEXT NOT NULL, -- whose page it is, by its host
  queue TEXT NOT NULL, -- the outlet in whose visits it is fetched
  found_by TEXT NOT NULL, -- how it was first met: section, feed, sitemap, baca_juga, on_demand
  depth INTEGER NOT NULL, -- links followed to get here; 0 for what was listed or asked for
  page INTEGER NOT NULL, -- page of a section, from 1
  due_at TEXT, -- UTC; when it is to be fetched; null when it is settled, or left out by an option
  outcome TEXT, -- of the last fetch; null before the first
  why TEXT NOT NULL DEFAULT '', -- the same in a few words
  tries INTEGER NOT NULL DEFAULT 0, -- fetches in a row that brought no page to read
  put_off INTEGER NOT NULL DEFAULT 0, -- visits in a row that left it to the next: an error of ours, or a page that is nobody's
  left_by TEXT, -- the option that left it out: follow or since; null when none did
  dated_at TEXT, -- UTC; when it was published, as far as that left it out; of a sitemap, its last change by its index
  source TEXT, -- of a further page of a section: the URL of its first page
  etag TEXT, -- of the last whole answer
  last_modified TEXT, -- of the last whole answer
  body_hash TEXT, -- of the last whole answer; servers lie about the other two
  visit_id INTEGER REFERENCES visits(id), -- visit of the last fetch
  met_at TEXT NOT NULL, -- UTC; when it was first met
  fetched_at TEXT -- UTC; when it was last fetched; null before the first time
) STRICT;
CREATE INDEX frontier_next ON frontier(
  queue, due_at, kind = 'article', put_off > 0, fetched_at IS NOT NULL, met_at DESC, depth, id
) WHERE due_at IS NOT NULL;
CREATE INDEX frontier_never ON frontier(outlet, due_at) WHERE fetched_at IS NULL AND due_at IS NOT NULL;
CREATE INDEX frontier_beyond ON frontier(outlet, depth) WHERE left_by = 'follow';
CREATE INDEX frontier_older ON frontier(outlet, dated_at) WHERE left_by = 'since';
CREATE INDEX frontier_failed ON frontier(outlet, tries) WHERE tries > 0;
CREATE INDEX frontier_url ON frontier(url);

CREATE TABLE sources (
  -- Places where an outlet lists its articles, as last read.
  url TEXT PRIMARY KEY, -- canonical
  outlet TEXT NOT NULL REFERENCES outlets(name), -- whose listing
  kind TEXT NOT NULL, -- section, feed or sitemap
  outcome TEXT NOT NULL, -- of the last reading
  why TEXT NOT NULL, -- the same in a few words
  listed INTEGER NOT NULL, -- article URLs that it named when last read whole
  first_read_at TEXT NOT NULL, -- UTC
  last_read_at TEXT NOT NULL, -- UTC
  newest_at TEXT, -- UTC; when it last named an article that was not known yet
  holds TEXT NOT NULL DEFAULT '[]', -- JSON array: keys of the articles it listed when it was last read to an end
  reach INTEGER, -- pages it was read then, where a limit ended it; null where the list did
  whole_at TEXT, -- UTC; when that was; null before the first time
  reading TEXT NOT NULL DEFAULT '[]' -- JSON array: keys listed by the reading that is under way
) STRICT;
CREATE INDEX sources_outlet ON sources(outlet);
CREATE INDEX sources_troubled ON sources(url) WHERE why <> '';

CREATE TABLE host_waits (
  -- Pauses that hosts asked for by Retry-After and that are not over: nobody asks there before.
  host TEXT NOT NULL, -- with its port
  url TEXT NOT NULL, -- the one address that is left alone; empty where the whole host is
  until TEXT NOT NULL, -- UTC; when it may be asked again, a day later at most
  why TEXT NOT NULL, -- the status that came with it, in a few words
  asked_at TEXT NOT NULL, -- UTC; when the pause was asked for
  PRIMARY KEY (host, url)
) STRICT;

CREATE TABLE coverage (
  -- Times of which it is known that a source may have listed articles that were never seen.
  id INTEGER PRIMARY KEY, -- in the order they were found
  outlet TEXT NOT NULL REFERENCES outlets(name), -- whose source
  source TEXT NOT NULL, -- URL of the source
  from_at TEXT NOT NULL, -- UTC; when it was last read to an end
  to_at TEXT NOT NULL, -- UTC; when it was read again
  cause TEXT NOT NULL -- gap: it was read as far as a limit let us, and nothing met that it listed before
) STRICT;
CREATE INDEX coverage_outlet ON coverage(outlet, to_at);

CREATE TABLE clusters (
  -- Articles that say the same, within an outlet or across outlets.
  id INTEGER PRIMARY KEY, -- articles.cluster_id points here
  method TEXT NOT NULL, -- exact: their cluster_key is equal
  made_at TEXT NOT NULL -- UTC; when its second article was seen
) STRICT;

CREATE TABLE articles (
  -- Articles as they were last read. What they said before is in revisions.
  id INTEGER PRIMARY KEY, -- in the order they were kept
  outlet TEXT NOT NULL REFERENCES outlets(name), -- publisher, known by its host
  url TEXT NOT NULL UNIQUE, -- canonical; its other URLs are in aliases
  key TEXT NOT NULL UNIQUE, -- identity: outlet and article id where the URL shows one, else the URL
  title TEXT NOT NULL, -- headline
  lead TEXT, -- standfirst; null if there is none
  body TEXT NOT NULL, -- paragraphs with a blank line between them, without links, adverts and dateline
  authors TEXT NOT NULL, -- JSON array of names
  editors TEXT NOT NULL, -- JSON array of names
  published_at TEXT, -- UTC; of a clock as printed, without "+00:00"; null if the page does not say
  published_offset INTEGER, -- minutes east of UTC in which the outlet said it; null of a clock
  published_as TEXT DEFAULT 'instant', -- how well it is known: instant, clock (of an unknown zone), day (its midnight)
  modified_at TEXT, -- UTC; of a clock as printed, without "+00:00"; null if the page does not say
  modified_offset INTEGER, -- minutes east of UTC in which the outlet said it; null of a clock
  published_text TEXT, -- the time of publication as printed
  section TEXT, -- as the outlet names it
  breadcrumb TEXT NOT NULL, -- JSON array, the widest first
  tags TEXT NOT NULL, -- JSON array
  image_url TEXT, -- lead photo
  image_caption TEXT, -- without "Foto:" and without the credit
  image_credit TEXT, -- photographer or agency
  language TEXT, -- ISO 639 code
  word_count INTEGER NOT NULL, -- words in body
  content_hash TEXT NOT NULL, -- of title, text and links: what a reader sees
  text_hash TEXT, -- of the normalised text alone, whatever title and links stand around it
  cluster_key TEXT, -- articles with one key are one cluster; null where the text is too short to tell
  cluster_id INTEGER REFERENCES clusters(id), -- articles that say the same; null if it stands alone
  wire TEXT, -- news agency it credits; null if none
  doubts TEXT NOT NULL DEFAULT '[]', -- JSON array: reasons not to trust how it was read (garbled: over 1 % is U+FFFD)
  found_by TEXT NOT NULL, -- how it was first met: section, feed, sitemap, baca_juga, on_demand
  depth INTEGER NOT NULL, -- links followed to get to it
  first_seen_at TEXT NOT NULL, -- UTC; when we first read it, which is not when it appeared
  last_seen_at TEXT NOT NULL, -- UTC; when it was last known to be there
  revision_count INTEGER NOT NULL, -- versions seen, at least 1
  gone_at TEXT -- UTC; when the outlet was first found to have removed it; null while it is there
) STRICT;
CREATE INDEX articles_outlet ON articles(outlet, published_at);
CREATE INDEX articles_kept ON articles(outlet, id);
CREATE INDEX articles_doubtful ON articles(outlet) WHERE doubts <> '[]';
CREATE INDEX articles_anonymous ON articles(text_hash) WHERE published_at IS NULL;
CREATE INDEX articles_cluster_key ON articles(cluster_key) WHERE cluster_key IS NOT NULL;
CREATE INDEX articles_cluster ON articles(cluster_id) WHERE cluster_id IS NOT NULL;

CREATE TABLE removals (
  -- Times in which the outlet did not show an article, each from its first miss.
  id INTEGER PRIMARY KEY, -- in the order they were found
  article_id INTEGER NOT NULL REFERENCES articles(id), -- what was not there
  from_at TEXT NOT NULL, -- UTC; the first look that missed it
  found_at TEXT NOT NULL, -- UTC; the second look that missed it, in another visit: since then it counts as removed
  to_at TEXT, -- UTC; when it was seen again; null while it is gone
  cause TEXT NOT NULL -- what the second look was told
) STRICT;
CREATE INDEX removals_article ON removals(article_id);

CREATE TABLE revisions (
  -- Versions of an article's title, text or links; a new one only when what a reader sees changed.
  id INTEGER PRIMARY KEY, -- in the order they were kept
  article_id INTEGER NOT NULL REFERENCES articles(id), -- whose version
  number INTEGER NOT NULL, -- from 1 within the article
  visit_id INTEGER NOT NULL REFERENCES visits(id), -- visit that saw it first
  seen_at TEXT NOT NULL, -- UTC; when it was first seen
  title TEXT NOT NULL, -- headline
  title_key TEXT NOT NULL, -- headline without case and punctuation, for links that print only a title
  lead TEXT, -- standfirst
  body TEXT, -- as in articles; null where it is the newest and its article says it: see versions
  content_hash TEXT NOT NULL, -- of title, text and links
  removed TEXT NOT NULL, -- JSON array of {text, rule}: what stood in the body and is not the article's
  evidence TEXT NOT NULL, -- JSON object: per field, the rule that read it
  UNIQUE (article_id, number)
) STRICT;
CREATE INDEX revisions_title ON revisions(title_key);

CREATE VIEW versions AS
  -- Every revision with its text, wherever that is kept.
  SELECT
    r.id, -- as in revisions
    r.article_id, -- whose version
    r.number, -- from 1 within the article
    r.visit_id, -- visit that saw it first
    r.seen_at, -- UTC; when it was first seen
    r.title, -- headline
    r.lead, -- standfirst
    coalesce(r.body, a.body) AS body, -- paragraphs with a blank line between them
    r.content_hash -- of title, text and links
  FROM revisions r JOIN articles a ON a.id = r.article_id;

CREATE TABLE dictionaries (
  -- Pages that others of their outlet are packed with: what these share with one is not kept again.
  id INTEGER PRIMARY KEY, -- in the order they were made; an outlet's pages are packed with its newest
  outlet TEXT NOT NULL REFERENCES outlets(name), -- whose pages
  made_at TEXT NOT NULL, -- UTC
  url TEXT NOT NULL, -- of the page that it is
  body BLOB NOT NULL -- the first megabyte of that page, compressed with Zstandard; never changed, never deleted
) STRICT;
CREATE INDEX dictionaries_outlet ON dictionaries(outlet);

CREATE TABLE pages (
  -- Raw pages that revisions were read from, to be read again by a better reader.
  id INTEGER PRIMARY KEY, -- no meaning
  revision_id INTEGER NOT NULL REFERENCES revisions(id), -- read from it
  part INTEGER NOT NULL, -- from 1; more than one where an article has several pages
  url TEXT NOT NULL, -- where the answer came from, after redirects
  content_type TEXT NOT NULL, -- the raw header, which may lie
  fetched_at TEXT NOT NULL, -- UTC
  body BLOB NOT NULL, -- the bytes as received, compressed with Zstandard
  dictionary_id INTEGER REFERENCES dictionaries(id), -- what they were compressed with; null where with nothing
  UNIQUE (revision_id, part)
) STRICT;

CREATE TABLE links (
  -- "Read also" references, from one article's text to a URL or to a bare title.
  id INTEGER PRIMARY KEY, -- in the order they were met
  source_id INTEGER NOT NULL REFERENCES articles(id), -- article whose text holds it
  revision_id INTEGER NOT NULL REFERENCES revisions(id), -- newest revision in which it was seen
  position INTEGER NOT NULL, -- body paragraphs before it, when last seen
  label TEXT NOT NULL, -- as printed when last seen: "Baca Juga:" and its relatives
  anchor TEXT NOT NULL, -- text of the link when last seen
  anchor_key TEXT NOT NULL, -- the same without case and punctuation
  target_url TEXT, -- canonical; null where the page prints only a title
  target_id INTEGER REFERENCES articles(id), -- null until the target is in the corpus
  resolved_by TEXT, -- url, alias or title: how the target was known
  first_seen_at TEXT NOT NULL, -- UTC
  last_seen_at TEXT NOT NULL, -- UTC; older than the article's own when the link was taken out
  occurrence INTEGER NOT NULL DEFAULT 1 -- 2 for the second one to the same target in one text, and so on
) STRICT;
CREATE UNIQUE INDEX links_identity ON links(
  source_id, coalesce(target_url, ''), iif(target_url IS NULL, anchor_key, ''), occurrence
);
CREATE INDEX links_url ON links(target_url) WHERE target_url IS NOT NULL;
CREATE INDEX links_title ON links(anchor_key) WHERE target_url IS NULL;
CREATE INDEX links_target ON links(target_id) WHERE target_id IS NOT NULL;
-- What refers to a revision is looked for when one is deleted: without these, in all links.
CREATE INDEX links_revision ON links(revision_id);

CREATE TABLE link_stays (
  -- When each link stood in its text, and how: taken out and put back are two stays, as are two labels, texts or places.
  id INTEGER PRIMARY KEY, -- in the order they began, within one link
  link_id INTEGER NOT NULL REFERENCES links(id) ON DELETE CASCADE, -- what stood there
  from_revision_id INTEGER NOT NULL REFERENCES revisions(id), -- the first revision that held it
  to_revision_id INTEGER REFERENCES revisions(id), -- the last one that held it; null while it stands
  position INTEGER NOT NULL, -- body paragraphs before it
  label TEXT NOT NULL, -- as printed
  anchor TEXT NOT NULL -- text of the link
) STRICT;
CREATE INDEX link_stays_link ON link_stays(link_id, to_revision_id);
CREATE INDEX link_stays_from ON link_stays(from_revision_id);
CREATE INDEX link_stays_to ON link_stays(to_revision_id) WHERE to_revision_id IS NOT NULL;

CREATE TABLE rotating_boxes (
  -- Places in a text where the links are others at each look: a change there alone is no revision.
  article_id INTEGER NOT NULL REFERENCES articles(id), -- in whose text
  position INTEGER NOT NULL, -- body paragraphs before it, in the newest revision
  found_at TEXT NOT NULL, -- UTC; the look that found it
  PRIMARY KEY (article_id, position)
) STRICT;

CREATE TABLE aliases (
  -- Other URLs of an article: redirects, mobile and AMP forms, tracking parameters, older slugs.
  url TEXT PRIMARY KEY, -- as it was met
  canonical TEXT NOT NULL, -- the article's URL; until that is known, the URL or key in the frontier that it stands for
  article_id INTEGER REFERENCES articles(id) -- null until the article is in the corpus
) STRICT;
CREATE INDEX aliases_canonical ON aliases(canonical);
CREATE INDEX aliases_article ON aliases(article_id);

CREATE TABLE tallies (
  -- How many there are of what, kept by the triggers below, so that nobody has to count.
  outlet TEXT NOT NULL, -- whose; empty for what is counted of the whole corpus
  what TEXT NOT NULL, -- articles, gone, doubtful, revisions, links, resolved, unread, left; of all: aliases, clusters, url:OUTCOME
  number INTEGER NOT NULL, -- of them
  PRIMARY KEY (outlet, what)
) STRICT, WITHOUT ROWID;

-- Beginnings of three and four letters have indexes of their own, for 2.9 kB an article: "men" and "meng" begin words in
-- nearly every Indonesian text. Of two, that of three does; five begin few enough words to be gathered.
CREATE VIRTUAL TABLE articles_fts -- Full-text index of articles; use through `bacajuga search`.
USING fts5(
  title, lead, body, content='articles', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='3 4'
);
INSERT INTO articles_fts(articles_fts, rank) VALUES ('rank', 'bm25(4.0, 2.0, 1.0)');

CREATE TRIGGER articles_fts_insert AFTER INSERT ON articles BEGIN
  INSERT INTO articles_fts(rowid, title, lead, body) VALUES (new.id, new.title, new.lead, new.body);
END;
CREATE TRIGGER articles_fts_delete AFTER DELETE ON articles BEGIN
  INSERT INTO articles_fts(articles_fts, rowid, title, lead, body)
  VALUES ('delete', old.id, old.title, old.lead, old.body);
END;
-- Only where they are others: each look writes all columns, and indexing is the dearest part of a write.
CREATE TRIGGER articles_fts_update AFTER UPDATE OF title, lead, body ON articles
WHEN (old.title, old.lead, old.body) IS NOT (new.title, new.lead, new.body) BEGIN
  INSERT INTO articles_fts(articles_fts, rowid, title, lead, body)
  VALUES ('delete', old.id, old.title, old.lead, old.body);
  INSERT INTO articles_fts(rowid, title, lead, body) VALUES (new.id, new.title, new.lead, new.body);
END;

-- An article is counted by what it is; each look writes all its columns, most of them as they were.
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
-- Its links go with it to another outlet.
CREATE TRIGGER tallies_article_moved AFTER UPDATE OF outlet ON articles WHEN old.outlet <> new.outlet BEGIN
  INSERT INTO tallies (outlet, what, number)
  SELECT old.outlet, 'links', -count(*) FROM links WHERE source_id = new.id
  UNION ALL SELECT old.outlet, 'resolved', -count(target_id) FROM links WHERE source_id = new.id
  UNION ALL SELECT new.outlet, 'links', count(*) FROM links WHERE source_id = new.id
  UNION ALL SELECT new.outlet, 'resolved', count(target_id) FROM links WHERE source_id = new.id
  ON CONFLICT (outlet, what) DO UPDATE SET number = number + excluded.number;
END;

-- A link is the outlet's in whose article it stands.
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

-- Every URL is counted by its outcome; articles besides, if they wait for their first look or were left out.
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
