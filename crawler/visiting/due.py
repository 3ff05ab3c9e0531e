"""When a URL is due again after its answer, and what an answer without an article comes to. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from crawler.answer import Answer, Entry, Fetched, Kind
from crawler.article import NotArticle
from crawler.outcome import Outcome
from crawler.visiting.plan import Plan

PATIENCE: dict[Outcome, timedelta] = {
    Outcome.BUSY: timedelta(minutes=1),
    Outcome.BROKEN: timedelta(minutes=10),
    Outcome.BLOCKED: timedelta(hours=6),
    Outcome.FAILED: timedelta(hours=6),
    Outcome.REFUSED: timedelta(days=1),
}
"""How long a URL that failed is left alone the first time; each further time twice as long."""

LONGEST = timedelta(days=1)
TRIES = 6
"""Failures in a row after which a URL is given up, its last outcome kept."""


def due(answer: Answer, plan: Plan, wait: float | None = None) -> Answer:
    """`answer` with the time its URL is due again; `wait` is what the host asked for, in seconds."""
    # An article that was read is new, changed or as it was: whichever, it is looked at again at the same time.
    outcome = answer.outcome or Outcome.UNCHANGED
    return answer.but(next_at=next_look(answer.entry, outcome, wait, plan.config.recheck, answer.at))


def unread(entry: Entry, fetched: Fetched, plan: Plan, now: datetime) -> Answer:
    """The answer where no page came. A 304 drops the validators, so that every other look is a full one:
    servers answer 304 for pages that have changed."""
    outcome = fetched.outcome or Outcome.BROKEN
    return due(Answer(entry, now, outcome, why=fetched.why, body_hash=entry.body_hash), plan, fetched.wait)


def without_article(answer: Answer, reason: NotArticle, plan: Plan) -> Answer:
    """The answer where a whole page holds no article.

    A known article is taken for removed only when two visits in a row miss it: portals and faults pass.
    """
    answer, entry = answer.but(why=reason.why), answer.entry
    if reason.blocked:
        return due(answer.but(outcome=Outcome.BLOCKED), plan)
    if not (reason.missing or entry.body_hash):
        return due(answer.but(outcome=Outcome.NOT_ARTICLE), plan)
    missed = answer.but(body_hash=entry.body_hash, etag=None, last_modified=None)
    if entry.body_hash and not entry.tries:
        return missed.but(outcome=Outcome.BROKEN, next_at=answer.at)
    return due(missed.but(outcome=Outcome.GONE), plan)


def next_look(
    entry: Entry, outcome: Outcome, wait: float | None, recheck: tuple[timedelta, ...], now: datetime
) -> datetime | None:
    """When `entry` is due again after `outcome`, or None when it is settled.

    A kept article is looked at again at the ages of `recheck`; a failure backs off, doubling, and is given
    up after `TRIES`; `wait` is what the host asked for, in seconds.
    """
    if outcome.keeps_article and entry.kind is Kind.ARTICLE:
        return next((entry.met_at + age for age in sorted(recheck) if entry.met_at + age > now), None)
    if outcome in PATIENCE and entry.tries + 1 < TRIES:
        pause = min(PATIENCE[outcome] * (1 << entry.tries), LONGEST)
        return now + max(pause, timedelta(seconds=wait or 0))
    return None
