"""A small grammar of Indonesian foreign news: from a scene to titles, leads and paragraphs.

Deterministic: the same random generator gives the same text. Knows nothing of outlets or pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from crawler.demo import world
from crawler.demo.phrases import CAPTIONS, COMMON, EXTRA, PICTURES, SLOTS, TOPICS
from crawler.demo.story import LOST


@dataclass(frozen=True, slots=True)
class Text:
    """A written story: two titles (the second is what a correction makes of the first) and its text."""

    titles: tuple[str, str]
    lead: str
    paragraphs: tuple[str, ...]
    extra: str
    """A paragraph that an edit adds at the end."""
    tags: tuple[str, ...]
    city: str
    caption: str
    album: tuple[str, ...] = ()
    """The captions of a photo gallery."""


class Scene(dict[str, str]):
    """Who and where of one story. What a template asks and the story does not fix is drawn anew each time."""

    def __init__(self, random: Random) -> None:
        here, there = random.sample(world.COUNTRIES, 2)
        super().__init__(
            negara=here.name,
            ibukota=here.capital,
            kota=random.choice(here.cities),
            negara2=there.name,
            ibukota2=there.capital,
            mata_uang=here.money.capitalize(),
            mata_uang2=here.money,
            jabatan=random.choice(world.ROLES),
            tokoh=world.person(random),
            tokoh2=world.person(random),
        )
        self.random = random

    def __missing__(self, slot: str) -> str:
        random = self.random
        match slot:
            case "angka":
                return str(random.randint(3, 98))
            case "angka2":
                return f"{random.randint(1, 9)}.{random.randint(100, 999)}"
            case "persen":
                return f"{random.randint(2, 67)},{random.randint(1, 9)}"
            case "magnitudo" | "magnitudo2":
                return f"{random.randint(4, 7)},{random.randint(0, 9)}"
            case "tahun":
                return str(random.randint(1961, 2009))
        return random.choice(SLOTS[slot])

    def say(self, template: str) -> str:
        return template.format_map(self)


def compose(random: Random, length: int) -> Text:
    """A story of `length` paragraphs: the lead, then facts of its topic among voices and background."""
    scene, topic = Scene(random), random.choice(TOPICS)
    titles = random.sample(topic.titles, 2)
    facts = random.sample(topic.facts, min(len(topic.facts), 2 + length // 3))
    rest = random.sample(COMMON, length - 1 - len(facts))
    paragraphs = [scene.say(template) for template in [*facts, *rest]]
    random.shuffle(paragraphs)
    lead = scene.say(random.choice(topic.leads))
    return Text(
        titles=(scene.say(titles[0]), scene.say(titles[1])),
        lead=lead,
        paragraphs=(lead, *paragraphs),
        extra=scene.say(random.choice(EXTRA)),
        tags=(scene["negara"], scene["negara2"], *topic.tags),
        city=scene["kota"],
        caption=scene.say(random.choice(CAPTIONS)),
    )


def album(random: Random) -> Text:
    """A photo gallery: one sentence, and pictures whose captions tell the rest."""
    scene, titles = Scene(random), random.sample(PICTURES.titles, 2)
    lead = scene.say(random.choice(PICTURES.leads))
    captions = tuple(scene.say(template) for template in PICTURES.facts)
    return Text(
        titles=(scene.say(titles[0]), scene.say(titles[1])),
        lead=lead,
        paragraphs=(lead,),
        extra="",
        tags=(scene["negara"], scene["negara2"], *PICTURES.tags),
        city=scene["kota"],
        caption=captions[0],
        album=captions,
    )


def garbled(text: str) -> str:
    """`text` as a faulty conversion left it: every thirtieth character is lost."""
    return "".join(LOST if n % 30 == 0 else character for n, character in enumerate(text, start=1))
