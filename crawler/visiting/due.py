"""What an answer comes to where no article was read, and when its URL is due again. Pure."""

from __future__ import annotations

from datetime import datetime

from crawler.answer import Answer, Entry, Fetched
from crawler.article import NotArticle
from crawler.outcome import Outcome
from crawler.visiting.plan import Plan, next_look


def settled(answer: Answer, plan: Plan, wait: float | None = None) -> Answer:
    """`answer` with the time its URL is due again; `wait` is what the host asked for, in seconds."""
    # An article that was read is new, changed or as it was: whichever, it is looked at again at the same time.
    outcome = answer.outcome or Outcome.UNCHANGED
    return answer.but(next_at=next_look(answer.entry, outcome, wait, plan.config.recheck, answer.at))


def unread(entry: Entry, fetched: Fetched, plan: Plan, now: datetime) -> Answer:
    """The answer where no page came. A 304 drops the validators, so that every other look is a full one:
    servers answer 304 for pages that have changed."""
    outcome = fetched.outcome or Outcome.BROKEN
    return settled(Answer(entry, now, outcome, why=fetched.why, body_hash=entry.body_hash), plan, fetched.wait)


def without_article(answer: Answer, reason: NotArticle, plan: Plan) -> Answer:
    """The answer where a whole page holds no article.

    A known article is taken for removed only when two visits in a row miss it: portals and faults pass.
    """
    answer, entry = answer.but(why=reason.why), answer.entry
    if reason.blocked:
        return settled(answer.but(outcome=Outcome.BLOCKED), plan)
    if not (reason.missing or entry.body_hash):
        return settled(answer.but(outcome=Outcome.NOT_ARTICLE), plan)
    missed = answer.but(body_hash=entry.body_hash, etag=None, last_modified=None)
    if entry.body_hash and not entry.tries:
        return missed.but(outcome=Outcome.BROKEN, next_at=answer.at)
    return settled(missed.but(outcome=Outcome.GONE), plan)
