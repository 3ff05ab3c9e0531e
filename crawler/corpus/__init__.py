"""The one place that knows SQL: a corpus is one SQLite file, written here and read here.

Nothing here fetches, parses or decides what an article is. Import the modules; what every caller needs is here.
"""

from crawler.corpus.connection import Corpus
from crawler.corpus.locks import hold

__all__ = ["Corpus", "hold"]
