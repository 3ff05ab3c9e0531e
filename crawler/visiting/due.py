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
    Outcome.ELSEWHERE: timedelta(hours=6),
    Outcome.REFUSED: timedelta(days=1),
    Outcome.GONE: timedelta(days=1),
    Outcome.NOT_ARTICLE: timedelta(days=1),
    Outcome.GALLERY: timedelta(days=1),
}
"""How long a URL whose look brought nothing is left alone the first time; each further time twice as long.

Also where the outlet has spoken: a portal, a mistake of an hour or a page that is not published yet says the same.
"""

LONGEST, SELDOM = timedelta(days=1), timedelta(days=30)
"""The longest pause of a URL that failed up to `TRIES` times in a row, and of one that failed oftener, or begins with
so long a pause. It is never given up: an outlet may be down for weeks."""

TRIES = 6


def due(answer: Answer, plan: Plan, wait: float | None = None) -> Answer:
    """`answer` with the time its URL is due again; `wait` is what the host asked for, in seconds."""
    # An article that was read is new, changed or as it was: whichever, it is looked at again at the same time.
    outcome = answer.outcome or Outcome.UNCHANGED
    return answer.but(next_at=next_look(answer.entry, outcome, wait, plan.config.recheck, answer.at))


def unread(entry: Entry, fetched: Fetched, plan: Plan, now: datetime) -> Answer:
    """The answer where no page came. A 304 drops the validators, so that every other look is a full one:
    servers answer 304 for pages that have changed."""
    outcome = fetched.outcome or Outcome.BROKEN
    answer = Answer(entry, now, outcome, why=fetched.why, body_hash=entry.body_hash)
    return missed(answer, plan) if outcome is Outcome.GONE and entry.kept else due(answer, plan, fetched.wait)


def without_article(answer: Answer, reason: NotArticle, plan: Plan, *, heard: bool) -> Answer:
    """The answer where a whole page holds no article; `heard` says whether the outlet itself was heard in this visit:
    the page alone may be anybody's."""
    answer, entry = answer.but(why=reason.why), answer.entry
    if entry.kept and reason.outcome not in (Outcome.BLOCKED, Outcome.BUSY):
        return missed(answer, plan, sure=heard)
    return due(answer.but(outcome=reason.outcome), plan)


def missed(answer: Answer, plan: Plan, *, sure: bool = True) -> Answer:
    """The answer where a kept article was not there, which may be not `sure`.

    It is taken for removed only when two visits in a row miss it: portals and faults pass. Afterwards it is looked for
    at the ages at which it would have been looked at.
    """
    if sure and answer.entry.outcome in (Outcome.MISSED, Outcome.GONE):
        return due(answer.but(outcome=Outcome.GONE), plan)
    return answer.but(outcome=Outcome.MISSED, next_at=answer.at)


def next_look(
    entry: Entry, outcome: Outcome, wait: float | None, recheck: tuple[timedelta, ...], now: datetime
) -> datetime | None:
    """When `entry` is due again after `outcome`, or None when it is settled.

    A kept article is looked at again at the ages of `recheck`; a failure backs off, doubling; `wait` is what the host
    asked for, in seconds. What is settled is asked for again when a list names it: see `crawler.corpus.feeding.feed`.
    """
    if entry.kind is Kind.ARTICLE and (outcome.keeps_article or (outcome is Outcome.GONE and entry.kept)):
        return next((entry.met_at + age for age in sorted(recheck) if entry.met_at + age > now), None)
    # A further page of a list may not be there; the list itself is read by every visit.
    if outcome in PATIENCE and (entry.kind is Kind.ARTICLE or not outcome.denies):
        longest = SELDOM if entry.tries >= TRIES or PATIENCE[outcome] >= LONGEST else LONGEST
        pause = min(PATIENCE[outcome] * (1 << min(entry.tries, 16)), longest)
        return now + max(pause, timedelta(seconds=wait or 0))
    return None
