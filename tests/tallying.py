"""What the table `tallies` says, beside what counting says."""

from collections.abc import Callable
from typing import Any

COUNTED = """
SELECT outlet, 'articles', count(*) FROM articles GROUP BY outlet
UNION ALL SELECT outlet, 'gone', count(*) FROM articles WHERE gone_at IS NOT NULL GROUP BY outlet
UNION ALL SELECT outlet, 'doubtful', count(*) FROM articles WHERE doubts <> '[]' GROUP BY outlet
UNION ALL SELECT a.outlet, 'revisions', count(*) FROM revisions JOIN articles a ON a.id = article_id GROUP BY a.outlet
UNION ALL SELECT a.outlet, 'links', count(*) FROM links JOIN articles a ON a.id = source_id GROUP BY a.outlet
UNION ALL SELECT a.outlet, 'resolved', count(*) FROM links JOIN articles a ON a.id = source_id
  WHERE target_id IS NOT NULL GROUP BY a.outlet
UNION ALL SELECT outlet, 'unread', count(*) FROM frontier
  WHERE kind = 'article' AND left_by IS NULL AND fetched_at IS NULL GROUP BY outlet
UNION ALL SELECT outlet, 'left', count(*) FROM frontier WHERE kind = 'article' AND left_by IS NOT NULL GROUP BY outlet
UNION ALL SELECT '', 'url:' || coalesce(outcome, 'waiting'), count(*) FROM frontier GROUP BY outcome
UNION ALL SELECT '', 'aliases', count(*) FROM aliases HAVING count(*) > 0
UNION ALL SELECT '', 'clusters', count(*) FROM clusters HAVING count(*) > 0
"""


def told_as_counted(rows: Callable[[str], list[tuple[Any, ...]]]) -> None:
    """Assert that the corpus, which `rows` asks, says how many there are of everything as counting it does."""
    assert sorted(rows("SELECT outlet, what, number FROM tallies WHERE number <> 0")) == sorted(rows(COUNTED))
