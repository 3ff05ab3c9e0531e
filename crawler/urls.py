"""Canonical URLs: one spelling for one page, decided without asking the network.

Follows RFC 3986 section 6 for what never changes the page, and removes what measured outlets add
for tracking. Nothing here knows an outlet: hosts and parameters are arguments.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

MAX_LENGTH = 2_000
"""Longer addresses are refused: no measured article URL passes 400 characters."""

TRACKING = re.compile(
    r"""(?x) ^( utm_.* | mtm_.* | pk_(campaign|kwd) | fbclid | gclid | dclid | msclkid | yclid | igshid
    | mc_[ce]id | _ga | _gl | jxrecoid | jxconn.* | tag_from | device | source | sumber | ref | ref_src
    | amp | outputtype | m | share | shared | cmpid | ocid | at_(campaign|medium) | wt_.*
    | __twitter_impression
    ) $""",
    re.IGNORECASE,
)
"""Query parameters that never choose the page. Stripped before fetching: Kompas' robots.txt forbids
`*?utm_source=*`, and its own feed links carry it."""

_BAD = re.compile(r"[\x00-\x20\x7f\\<>\"{}|^`\s]")
_NOT_PAGES = re.compile(r"\.(jpe?g|png|gif|webp|svg|pdf|mp[34]|zip|xml|json|css|js|ico)$", re.IGNORECASE)
_LIKE_ARTICLE = re.compile(r"/(?=[^/]*\d{4,})[^/]+(/|$)|/[a-z0-9]+(-[a-z0-9]+){3,}/?(\.html?)?$", re.IGNORECASE)
_ESCAPE = re.compile("%([0-9A-Fa-f]{2})?")
_AMP_PATH = re.compile(r"(/amp/?$)|(?<=/)amp/(?=read/)|(?<=/)amp/(?=berita/)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def normal(url: str) -> str | None:
    """`url` spelled as RFC 3986 would, without fragment and tracking; None when it is not for us.

    Refused: schemes other than http and https, credentials, control characters, no host, ports out
    of range, and anything longer than `MAX_LENGTH`.
    """
    url = url.strip()
    if len(url) > MAX_LENGTH:
        return None
    try:
        url.encode()  # a lone surrogate is no address
        parts = urlsplit(url)
        port, host = parts.port, (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or parts.username is not None or not host:
        return None
    if any(ord(char) < 32 for char in url) or "\\" in url:
        return None
    try:
        # Also for ASCII: it refuses empty labels and those of more than 63 letters, which no resolver answers.
        host = host if ":" in host else host.encode("idna").decode()
    except UnicodeError:
        return None
    if _BAD.search(host):  # only now: IDNA folds some letters into spaces
        return None
    if ":" in host:
        host = f"[{host}]"
    scheme = parts.scheme.lower()
    if port is not None and port != {"http": 80, "https": 443}[scheme]:
        host = f"{host}:{port}"
    path = _clean_path(parts.path)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode([(key, value) for key, value in pairs if not TRACKING.match(key)])
    return urlunsplit((scheme, host.lower(), path, query, ""))


def canonical(url: str, twins: Mapping[str, str] | None = None, drop: Collection[str] = ()) -> str | None:
    """The one address of the page at `url`.

    `twins` maps mobile and AMP hosts to the readers' host; `drop` names the parameters that choose a
    part of an article. AMP paths fold into the article's.
    """
    clean = normal(url)
    if clean is None:
        return None
    parts = urlsplit(clean)
    host = (twins or {}).get(parts.netloc, parts.netloc)
    path = _AMP_PATH.sub("", parts.path) or "/"
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k not in drop])
    return urlunsplit((parts.scheme, host, path, query, ""))


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


def on_hosts(url: str, hosts: Sequence[str]) -> bool:
    """Whether the parsed host of `url` (with its port, where the list names one) is one of `hosts`."""
    try:
        parts = urlsplit(url)
        name, netloc = (parts.hostname or "").rstrip("."), parts.netloc.lower()
    except ValueError:
        return False
    for host in hosts:
        if host.startswith("*."):
            if name.endswith(host[1:]):
                return True
        elif host in (name, netloc):
            return True
    return False


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


def _clean_path(path: str) -> str:
    """RFC 3986 sections 6.2.2 and 5.2.4: escapes only where they are needed and in capitals, dots resolved."""
    path = _ESCAPE.sub(_escaped, path)
    segments: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            segments[-1:] = []
        elif segment != ".":
            segments.append(segment)
    if path.endswith(("/.", "/..")):
        segments.append("")
    return quote("/" + "/".join(segments), safe="/%:@!$&'()*+,;=~-._")


def _escaped(match: re.Match[str]) -> str:
    if match[1] is None:  # a percent sign that escapes nothing
        return "%25"
    char = chr(int(match[1], 16))
    return char if char.isascii() and (char.isalnum() or char in "-._~") else match[0].upper()
