"""Replaces the words of a saved page by filler of the same length, so that it can be kept without its text.

Markup, addresses, numbers and the words that a reader goes by (labels, roles, months, agencies, the outlet's own
names) stay, so that the page still reads in the same shape. Who wrote it and what it says do not.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from html.entities import html5
from html.parser import HTMLParser
from itertools import count
from math import gcd, prod

from crawler.article import Article
from crawler.outlet import Outlet
from crawler.reading import labels, noise
from crawler.reading.document import data_layer

SHORTEST = 3
"""Letters of a word that is replaced. Shorter ones say nothing by themselves."""

LONGEST = 24
"""Letters after which a filler repeats itself."""

SPARED = frozenset(
    """
    penulis pewarta reporter wartawan jurnalis kontributor koresponden laporan oleh editor redaktur penyunting
    redaksi tim rep red dan serta sumber source foto fotografer narator produser penerjemah
    photo image caption ilustrasi dok istimewa getty images news channel video infografis gambas live
    januari februari maret april mei juni juli agustus september oktober november desember nopember
    jan feb mar apr may jun jul aug agu agt ags sep sept oct okt nov nop dec des
    january february march june july august october december
    terbit tayang dipublikasikan diperbarui diperbaharui update updated published pukul
    senin selasa rabu kamis jumat jum sabtu minggu ahad
    monday tuesday wednesday thursday friday saturday sunday
    detik menit jam hari pekan bulan tahun lalu yang ago hour hours minute minutes day days
    wib wita wit gmt utc
    afp agence france presse reuters associated press xinhua tass itar ria novosti sputnik antara lkbn anadolu
    agency bbc voa deutsche welle jazeera kyodo yonhap kcna bernama dpa efe ansa wafa irna sana pti upi ant rtr xin
    dilansir melansir dikutip mengutip disadur diwartakan diberitakan dilaporkan menurut
    melaporkan mewartakan memberitakan merujuk lapor tulis sebut
    tag tags topik topic topics terkait kata kunci keyword keywords label labels hangat terhangat pilihan populer
    terpopuler terkini utama trending
    home beranda halaman depan article newsarticle website person organization true false null
    """.split()
)
"""Words that the reading goes by, in any outlet, beside those of labels and of the rules of `crawler.reading.noise`."""

_TOKEN = re.compile(
    r"&(?:#\w+|\w+);?"  # a character reference
    r"|https?:[^\s<>\"']+|www\.[^\s<>\"']+|[\w.+-]{1,64}@[\w.-]+"
    r"|(?i:\w{1,63}(?:\.\w{1,63}){0,4}\.(?:com|id|net|org|tv|news)\b)"
    r"|(?P<word>[^\W\d_]+?(?=(?:Editor|Pewarta|Reporter|Penulis)\b)|[^\W\d_]+)"  # Antara glues "AditraEditor:"
)
_PROSE = re.compile(r"[^\W\d_]{2}(?=\W*[\s,])\W+[^\W\d_]{2}")
"""Two words: what an attribute or a JSON string holds is prose. One word is a code more often than not,"""
_FIELD = re.compile(r"author|editor|creator|reporter|penulis|title|headline|name|keyword|tag\b|caption|section", re.I)
"""but not under these names."""
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]{1,100})(\s*=\s*)("[^"]*"|'[^']*')""")
_TECHNICAL = frozenset(
    """class id style rel sizes type name property itemprop itemtype itemscope media http-equiv method target lang
    dir charset d viewbox points xmlns role""".split()
)
_REFERENCE = re.compile(r"&(?!#)(\w*)")
_AND = "\ue000"
"""Stands for an "&" that begins no reference of HTML, while the parser looks: it would take any "&word" for one."""
_STRING = re.compile(r'("(?:[^"\\]|\\.)*")(\s*:)?')
_CONSONANTS, _VOWELS = "bdfghjklmnprstvwz", "aeiou"


def scrub(page: str, outlet: Outlet, read: Article | None) -> str:
    """`page` without its words. `read` is what was read from it: its link labels and its date, as printed, stay."""
    spared = {
        *SPARED,
        *labels.words(outlet.labels),
        *_words(_own(outlet)),
        *_words(" ".join(pattern.pattern for _, pattern in noise.LINES)),
    }
    if read:
        spared.update(_words(" ".join((*(link.label for link in read.related), read.published_text or ""))))
    return _Page(_Filler(spared)).written(page)


def _own(outlet: Outlet) -> str:
    """What an outlet's file says of the words on its pages."""
    return " ".join(
        (outlet.name, outlet.title, *outlet.brands, *outlet.hosts, *outlet.noise.lines, outlet.noise.dateline)
    )


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.lower())


class _Filler:
    """The same filler for the same word throughout a page, so that a headline stays equal wherever it is repeated.

    Fillers are handed out in the order in which words are met: nobody can look the words up again, and what is
    scrubbed already comes out as it is.
    """

    def __init__(self, spared: set[str]) -> None:
        self._spared = spared
        self._given: dict[str, str] = {}
        self._next: Counter[int] = Counter()

    def fill(self, text: str) -> str:
        return _TOKEN.sub(lambda token: self._word(token["word"]) if token["word"] else token[0], text)

    def _word(self, word: str) -> str:
        low = word.lower()
        if len(word) < SHORTEST or low in self._spared or len(low) != len(word):
            return word
        if low not in self._given:
            self._given[low] = self._new(len(low))
        pairs = zip(word, self._given[low], strict=True)
        return "".join(new.upper() if old.isupper() else new for old, new in pairs)

    def _new(self, length: int) -> str:
        for number in count(self._next[length]):
            filler = _syllables(number, length)
            if filler not in self._spared:
                self._next[length] = number + 1
                return filler
        raise AssertionError("counting ends never")


def _syllables(number: int, length: int) -> str:
    """The `number`-th pronounceable word of `length` letters, unlike its neighbours; short ones come again when they
    are used up, and very long ones repeat themselves."""
    alphabets = [_VOWELS if place % 2 else _CONSONANTS for place in range(min(length, LONGEST))]
    all_words = prod(map(len, alphabets))
    stride = next(step for step in count(all_words * 618 // 1000) if gcd(step, all_words) == 1)
    number = (number + 1) * stride % all_words
    letters = ""
    for alphabet in alphabets:
        number, at = divmod(number, len(alphabet))
        letters += alphabet[at]
    return (letters * (length // LONGEST + 1))[:length]


class _Page(HTMLParser):
    """Writes a page again as it was, but for comments, programs, and the words in texts and in attributes of prose."""

    def __init__(self, filler: _Filler) -> None:
        super().__init__(convert_charrefs=False)
        self._filler = filler
        self._out: list[str] = []
        self._raw: list[str] | None = None  # what stands in a <script> or <style>, which the parser gives in pieces
        self._is_data = False

    def written(self, page: str) -> str:
        self.feed(_REFERENCE.sub(lambda found: found[0] if f"{found[1]};" in html5 else _AND + found[1], page))
        self.close()
        return "".join(self._out).replace(_AND, "&")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        named = given.get("property") or given.get("name") or given.get("itemprop") or ""
        is_field = tag == "meta" and bool(_FIELD.search(named))

        def attribute(match: re.Match[str]) -> str:
            name, equals, quoted = match.groups()
            if name.lower().startswith("on"):
                return f'{name}{equals}""'
            is_prose = is_field or _PROSE.search(html.unescape(quoted))
            is_code = name.lower() in _TECHNICAL and "://" not in quoted
            return f"{name}{equals}{self._filler.fill(quoted)}" if is_prose and not is_code else match[0]

        self._out.append(_ATTRIBUTE.sub(attribute, self.get_starttag_text() or ""))
        if tag in self.CDATA_CONTENT_ELEMENTS:
            self._raw, self._is_data = [], "json" in (given.get("type") or "").lower()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._raw = None

    def handle_endtag(self, tag: str) -> None:
        self._out.append(f"{self._closed(tag)}</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._raw is None:
            self._out.append(self._filler.fill(data))
        else:
            self._raw.append(data)

    def handle_entityref(self, name: str) -> None:
        self._out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._out.append(f"&#{name};")

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """As HTML has it, "<![" begins a comment; the parser's own way raises on what SGML would not know."""
        return self.parse_bogus_comment(i, bool(report))

    def handle_comment(self, data: str) -> None:
        self._out.append("<!---->")  # without it, the words on both sides would become one

    def handle_decl(self, decl: str) -> None:
        self._out.append(f"<!{decl}>")

    def _closed(self, tag: str) -> str:
        """What a <script> or <style> keeps: data without its words, styles whole, of programs the data layer alone."""
        raw, self._raw = "".join(self._raw or ()), None
        if self._is_data:
            return self._data(raw)
        if tag == "script" and (layer := data_layer(raw)):
            return self._data(f"dataLayer.push({json.dumps(layer, ensure_ascii=False)});")
        return raw if tag == "style" else ""

    def _data(self, raw: str) -> str:
        """JSON with its strings scrubbed where they are prose; HTML inside them as HTML."""
        key = ""

        def string(match: re.Match[str]) -> str:
            nonlocal key
            try:
                value = json.loads(match[1], strict=False)
            except ValueError:
                return match[0]
            if match[2]:
                key = value
                return match[0]
            if not (_PROSE.search(html.unescape(value)) or _FIELD.search(key)):
                return match[0]
            filled = _Page(self._filler).written(value) if "<" in value else self._filler.fill(value)
            return json.dumps(filled, ensure_ascii=False).replace("</", "<\\/")

        return _STRING.sub(string, raw)
