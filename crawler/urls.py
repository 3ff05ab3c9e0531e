"""Addresses: what is sent to a server, and the one spelling that identifies the page. Decided without the network.

What is sent is what was listed: only the fragment and what is tracking beyond doubt are cut out, and bytes that may
not stand in a request are escaped, one by one. What identifies is folded on top of that, by RFC 3986 section 6. Nothing
here knows an outlet: hosts and parameters are arguments.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from itertools import permutations, product
from urllib.parse import SplitResult, parse_qsl, quote, unquote_plus, urljoin, urlsplit, urlunsplit

MAX_LENGTH = 2_000
"""Longer addresses are refused: no measured article URL passes 400 characters."""

_NEVER = re.compile(r"[\x00-\x1f\\]")
"""Characters that stand in no address."""

TRACKING = re.compile(
    r"""(?x) ^( utm_.* | mtm_.* | pk_(campaign|kwd) | fbclid | gclid | dclid | msclkid | yclid | igshid
    | mc_[ce]id | _ga | _gl | jxrecoid | jxconn.* | ref_src | cmpid | ocid | wt_mc.* | __twitter_impression ) $""",
    re.IGNORECASE,
)
"""Query parameters that choose no page anywhere. Cut before asking: Kompas' robots.txt forbids `*?utm_source=*`, and
its own feed links carry it."""

SHORT_TRACKERS = ("amp", "device", "m", "outputtype", "ref", "share", "shared", "source", "sumber", "tag_from")
"""Short words that most newsrooms put behind their links to count clicks, and at which some choose the page."""

_BAD = re.compile(r"[\x00-\x20\x7f\\<>\"{}|^`\s]")
_NOT_PAGES = re.compile(r"\.(jpe?g|png|gif|webp|svg|pdf|mp[34]|zip|xml|json|css|js|ico)$", re.IGNORECASE)
_LIKE_ARTICLE = re.compile(r"/(?=[^/]*\d{4,})[^/]+(/|$)|/[a-z0-9]+(-[a-z0-9]+){3,}/?(\.html?)?$", re.IGNORECASE)
_ESCAPE = re.compile("%([0-9A-Fa-f]{2})?")
_RESERVED = ("test", "example", "invalid", "localhost", "local", "internal", "intranet", "lan", "home", "arpa")
_KEPT = "%/:@!$&'()*+,;=~-._"
"""Characters of a path that stay as they are written; of a query, some more."""
_DEFAULT_PORTS = {"http": 80, "https": 443}
_CACHED = re.compile(
    r"https?://(?:[\w-]+\.cdn\.ampproject\.org/[cv]|[\w-]+\.bing-amp\.com/c|www\.google\.[a-z.]{2,6}/amp)/(s/)?(?=[\w-]+\.)",
    re.IGNORECASE,
)
"""What a cache of AMP pages puts before an address; "s" says that it is https."""

_REDIRECTORS = {
    **dict.fromkeys(("/l.php", "/flx/warn/"), (re.compile(r"(l|lm|www|m)\.facebook\.com"), "u")),
    "/": (re.compile(r"l\.(instagram|threads)\.com"), "u"),
    "/url": (re.compile(r"(www\.)?google\.[a-z.]{2,6}"), "q url"),
    "/redirect": (re.compile(r"(www|m)\.youtube\.com|t\.umblr\.com"), "q z"),
    "/away.php": (re.compile(r"(away\.)?vk\.com"), "to"),
    "/link": (re.compile(r"slack-redir\.net"), "url"),
    "/safety/go": (re.compile(r"(www\.)?linkedin\.com"), "url"),
}
"""Paths that lead elsewhere, with the hosts where they do, and the parameters that say where: what can be told without
asking. Shorteners cannot."""

_AMP_PATH = re.compile(r"(/amp/?$)|(?<=/)amp/(?=read/)|(?<=/)amp/(?=berita/)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def sent(url: str) -> str | None:
    """`url` as it is asked for: see the module. None when it is not for us.

    Refused: schemes other than http and https, credentials, control characters, no host, ports out
    of range, and anything longer than `MAX_LENGTH`.
    """
    return _spelled(url, {}, (), folded=False)


@lru_cache(maxsize=4096)
def normal(url: str) -> str | None:
    """`url` spelled as RFC 3986 would, without fragment and tracking; None where `sent` is."""
    return _spelled(url, {}, (), folded=True)


def canonical(url: str, twins: Mapping[str, str] | None = None, drop: Collection[str] = ()) -> str | None:
    """What identifies the page at `url`.

    `twins` maps mobile and AMP hosts to the readers' host; `drop` names the parameters that choose no other page. AMP
    paths fold into the article's.
    """
    return _spelled(url, twins or {}, drop, folded=True, amp=True)


def address(url: str, twins: Mapping[str, str] | None = None, drop: Collection[str] = ()) -> str | None:
    """What is asked for to get the page that `canonical` identifies: as it was listed, but for the same things."""
    return _spelled(url, twins or {}, drop, folded=False, amp=True)


def _spelled(
    url: str, twins: Mapping[str, str], drop: Collection[str], *, folded: bool, amp: bool = False
) -> str | None:
    url = unwrapped(url.strip())
    if len(url) > MAX_LENGTH or _NEVER.search(url):
        return None
    try:
        url.encode()  # a lone surrogate is no address
        parts = urlsplit(url)
        port, scheme = parts.port, parts.scheme.lower()
    except ValueError:
        return None
    if scheme not in _DEFAULT_PORTS or parts.username is not None:
        return None
    host = looked_up(parts.hostname or "")
    if host is None:
        return None
    if port is not None and port != _DEFAULT_PORTS[scheme]:
        host = f"{host}:{port}"
    path = _AMP_PATH.sub("", parts.path) if amp else parts.path
    query = "&".join(part for part in parts.query.split("&") if part and not _is_cut(part, drop))
    if folded:
        path, query = _folded(path), "&".join(map(_folded_part, query.split("&")))
    path, query = quote(_without_dots(path), safe=_KEPT), quote(query, safe=_KEPT + ("?" if folded else "?[]|"))
    return urlunsplit((scheme, twins.get(host, host), path, query, ""))


def unwrapped(url: str) -> str:
    """The address that `url` only leads to, through a cache of AMP pages or somebody who counts clicks; else `url`."""
    while inner := _within(url):  # which is shorter
        url = inner
    return url


def _within(url: str) -> str | None:
    """The address inside `url`, once."""
    if cached := _CACHED.match(url):
        return f"http{'s' if cached[1] else ''}://{url[cached.end() :]}"
    if "http" not in url[8:] or len(url) > MAX_LENGTH:
        return None
    try:
        parts = urlsplit(url)
        hosts, names = _REDIRECTORS.get(parts.path or "/", (None, ""))
        if hosts is None or not hosts.fullmatch(parts.hostname or ""):
            return None
        asked = dict(parse_qsl(parts.query))
    except ValueError:
        return None
    said = (asked.get(name, "") for name in names.split())
    return next((inner for inner in said if inner.lower().startswith(("http://", "https://"))), None)


@lru_cache(maxsize=1024)  # a page names the same few hosts hundreds of times
def looked_up(name: str) -> str | None:
    """The host `name` as it is looked up, by IDNA 2008 with the mapping of browsers (UTS 46); None where it is none."""
    name = name.rstrip(".").lower()
    if ":" in name:
        return f"[{name}]"
    try:
        if not name.isascii():
            import idna  # its tables are large, and few hosts need them

            name = idna.encode(name, uts46=True).decode()
        # Empty labels, and those of more than 63 letters, no resolver answers.
        name.encode("idna")
    except UnicodeError:  # idna's own errors are of that kind
        return None
    return name if name and not _BAD.search(name) else None


def _is_cut(part: str, drop: Collection[str]) -> bool:
    """Whether a part of a query, "name=value", chooses no page."""
    name = unquote_plus(part.partition("=")[0]).lower()
    return bool(TRACKING.match(name)) or name in drop


def twins(url: str) -> tuple[str, ...]:
    """Other spellings of the canonical `url` that often lead to the same page, and need not: with and without a last
    slash, "www." and TLS, and with up to three parameters in another order."""
    parts = urlsplit(url)
    host = parts.netloc.removeprefix("www.")
    path, asks = parts.path.rstrip("/"), parts.query.split("&")
    orders = permutations(asks) if len(asks) <= 3 else (asks,)
    spelled = product(("https", "http"), (host, f"www.{host}"), (path, f"{path}/"), map("&".join, orders))
    found = (urlunsplit((scheme, netloc, path or "/", query, "")) for scheme, netloc, path, query in spelled)
    return tuple(one for one in dict.fromkeys(found) if one != url)


def alike(one: str, other: str) -> bool:
    """Whether two canonical URLs may be one page, as a text of some length will tell: `twins`, or a path that has the
    shape of an article's, with whatever behind it."""
    path, its = one.partition("?")[0], other.partition("?")[0]
    return one == other or one in twins(other) or (path == its and like_article(path))


def join(base: str, reference: str) -> str | None:
    """`reference` as written on the page at `base`, absolute and unfolded, or None when it leads nowhere.

    Empty references, bare fragments and the schemes `javascript:`, `mailto:`, `data:` lead nowhere.
    """
    reference = reference.strip()
    if not reference or reference.startswith("#") or len(reference) > MAX_LENGTH:
        return None
    try:
        absolute = urljoin(base, reference)
    except ValueError:
        return None
    return absolute if normal(absolute) else None


def on_hosts(url: str, hosts: Iterable[str]) -> bool:
    """Whether the parsed host of `url` (with its port, where the list names one) is one of `hosts`."""
    return not {*on_lists(url)}.isdisjoint(hosts)


def on_lists(url: str) -> tuple[str, ...]:
    """The forms in which a list of hosts may name that of `url`: without and with its port, and "*.host" of each domain
    above it; none where it is no address."""
    try:
        parts = urlsplit(url)
        name, netloc = (parts.hostname or "").rstrip("."), parts.netloc.lower()
    except ValueError:
        return ()
    name = f"[{name}]" if ":" in name else name
    return name, netloc, *(f"*{name[n:]}" for n, char in enumerate(name) if char == ".")


def is_live(url: str) -> bool:
    """Whether the host of `url` can be a newsroom on the web: a name, and none that is reserved or of a net at home."""
    labels = (urlsplit(url).hostname or "").rstrip(".").split(".")  # an address of six has no dot
    return len(labels) > 1 and not labels[-1].isdigit() and labels[-1] not in _RESERVED


def like_article(url: str) -> bool:
    """Whether the path has the shape of an article's: a number of four digits or more, or a slug of four words."""
    path = urlsplit(url).path
    return bool(_LIKE_ARTICLE.search(path)) and not _NOT_PAGES.search(path)


def with_query(url: str, query: str) -> str:
    """`url` with `query` added to what it already asks."""
    parts: SplitResult = urlsplit(url)
    return urlunsplit(parts._replace(query=f"{parts.query}&{query}" if parts.query else query))


def host(url: str) -> str:
    """Host and port of `url`, as robots.txt and politeness count them."""
    return urlsplit(url).netloc.lower()


def places(url: str) -> tuple[str, ...]:
    """Host and port of `url` as `on_hosts` takes them, of an address without a port both of the web's; none where it is
    no address."""
    try:
        parts = urlsplit(url.strip())
        name, port = looked_up(parts.hostname or ""), parts.port
    except ValueError:
        return ()
    ports = _DEFAULT_PORTS.values() if port is None else (port,)
    return tuple(f"{name}:{port}" for port in ports) if name else ()


def _without_dots(path: str) -> str:
    """RFC 3986 section 5.2.4. Nobody sends them, and a dot may come escaped."""
    if path[:1] == "/" and "/." not in path and "/%2" not in path:
        return path
    segments: list[str] = []
    for segment in path.split("/")[1:]:
        dots = segment.lower().replace("%2e", ".")
        if dots == "..":
            segments[-1:] = []
        elif dots != ".":
            segments.append(segment)
    if path.split("/")[-1].lower().replace("%2e", ".") in (".", ".."):
        segments.append("")
    return "/" + "/".join(segments)


def _folded(text: str, plain: str = "") -> str:
    """RFC 3986 section 6.2.2: escapes only where they are needed, and in capitals; for those of `plain` nowhere."""

    def escaped(match: re.Match[str]) -> str:
        if match[1] is None:  # a percent sign that escapes nothing
            return "%25"
        char = chr(int(match[1], 16))
        return char if char.isascii() and (char.isalnum() or char in "-._~" + plain) else match[0].upper()

    return _ESCAPE.sub(escaped, text)


def _folded_part(part: str) -> str:
    """Of a query, "name=value", what servers read alike: both ways to write a space, an empty value and none, and
    escapes of what parts nothing there."""
    name, _, value = _folded(part.replace("+", "%20"), plain="!$'()*,/:?@").partition("=")
    return f"{name}={_folded(value, plain='=')}" if value else name
