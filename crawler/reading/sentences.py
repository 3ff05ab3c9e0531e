"""The one guard before every rule that cuts a line: a sentence of the article is no furniture, whatever it begins with.

Says nothing of what a line is; only that it tells, and does not speak to the reader of the page.
"""

from __future__ import annotations

import re

TOLD = re.compile(
    r"[,”\"'’?!]\s?(?:kata|ujar|tutur|ucap|imbuh|tambah|tegas|sebut|ungkap|jelas|terang|papar|cetus|kilah|tukas|sahut"
    r"|begitu|menurut|said|says)(?:nya)?\s?(?:[a-zA-Z“\"(]|\.)"
)
"""Who said it: found in reports and nowhere in the furniture of a page."""

ENDED = re.compile(r"[.!?…][\"”'’)\]]*$")
PLAIN = re.compile(r"\b[a-z]{3,}\b")
PLAIN_LEAST = 4
"""Words in lower case that a sentence has."""

ADDRESSED = re.compile(
    r"^\W*(?:simak|lihat|tonton|saksikan|baca|ikuti|dapatkan|nikmati|klik|follow|scroll|gulir|unduh|download|gabung|daftar"
    r"|share|bagikan|berlangganan)\b"
    r"|\b(?:kami|anda|kamu|klik|di ?sini|aplikasi|berlangganan|langganan|newsletter|whatsapp|telegram|google news"
    r"|tayang|dengan judul|all rights|dilarang|hak cipta|you|your|our|we|click|subscribe)\b"
    r"|©|\(c\)|https?:|www\.|\w\.(?:com|net|id|co)\b|@\w",
    re.IGNORECASE,
)
"""What speaks to whoever reads the page, or of the page itself."""


def is_sentence(text: str) -> bool:
    """Whether a line tells something: it says who said so, or is a whole sentence that is not addressed to the
    reader."""
    if TOLD.search(text):
        return True
    return bool(ENDED.search(text)) and len(PLAIN.findall(text)) >= PLAIN_LEAST and not ADDRESSED.search(text)
