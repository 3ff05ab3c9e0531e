"""What stands in a body and is not the article's, in any Indonesian newsroom: named rules over lines.

An outlet file adds its own lines and elements; these are the ones that several outlets share.
"""

from __future__ import annotations

import re

LINES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (rule, re.compile(pattern, re.IGNORECASE))
    for rule, pattern in (
        (
            "advert",
            r"advertisement|iklan|advertisements?\s*\W*|(scroll|gulir)\s.{0,60}(content|membaca|konten|lanjut\w*)",
        ),
        ("embed", r"(\W*\[gambas:[^\]]{1,60}\]\W*)+|\[?(video|foto|gambar|embed)\]?"),
        (
            "video promo",
            r"(simak|lihat|tonton|saksikan)(\s+juga)?\s+[\"'“‘(]?\s*(video|live|breaking news|infografis)\b.{0,250}"
            r"|(tonton|saksikan)\s+juga\b.{0,250}|(simak|lihat)\s+juga\b.{0,200}\[gambas:.{0,60}",
        ),
        (
            "share",
            r"(share|bagikan|sebarkan|salin tautan|copy link|komentar|facebook|twitter|whatsapp|telegram)\s*:?",
        ),
        (
            "app or channel promo",
            r".{0,80}\b(whatsapp channel|channel whatsapp|saluran whatsapp|google news|kanal telegram|grup telegram"
            r"|download aplikasi|unduh aplikasi)\b.{0,160}"
            r"|baca (juga )?(berita|artikel|informasi)( \w+){0,2} lain(nya)? (hanya )?(di|lewat|melalui) .{0,80}",
        ),
        (
            "paging",
            r"(halaman|page)\s*:?\s*(selanjutnya|berikutnya|sebelumnya|\d+(\s+(dari|of|/)\s*\d+)?|\d+(\s+(\d+|all))+)"
            r"|\d+\s+dari\s+\d+\s+halaman"
            r"|(selanjutnya|sebelumnya|tampilkan semua|show all)\s*:?|(baca )?halaman (selanjutnya|berikutnya).{0,20}"
            r"|(baca|simak|lihat|klik|lanjut|bersambung|selengkapnya)\b.{0,40}\bhalaman (selanjutnya|berikutnya)\W*",
        ),
        (
            "read on",
            r"baca (artikel )?(selengkapnya|selangkapnya)( di ?sini)?\W*|klik di ?sini.{0,60}"
            r"|selengkapnya( di ?sini)?\W*",
        ),
        (
            "subscribe",
            r"baca berita tanpa iklan.{0,80}|gabung kompas\.com\+?.{0,40}|berlangganan.{0,80}sekarang\W*",
        ),
        (
            "copyright",
            r"(copyright|hak cipta)?\s*(©|\(c\)).{0,120}|copyright\b.{0,120}|dilarang keras mengambil konten.{0,250}",
        ),
        (
            "desk code",
            r"[(\[]\s*[a-z0-9]{1,6}(\s*[/,-]\s*[a-z0-9]{1,6}){0,4}\s*[)\]]|\(\*+\)"
            r"|[(\[]\s*[\w.* -]{1,20}(/\s*[\w.* -]{1,20}){1,4}[)\]]",
        ),
        ("signature", r"\((?-i:[A-Z][\w.'’-]{1,20}(?: [A-Z][\w.'’-]{0,20}){1,3})\)"),
        ("repost note", r"artikel ini (telah|sudah) (tayang|naik|terbit).{0,200}"),
        ("tags", r"(tags?|topik|kata kunci|keyword)\s*:.{0,300}|tags?"),
        ("follow us", r"(ikuti|follow) (kami|berita|terus|akun)\b.{0,160}"),
        (
            "sign-up",
            r"(dapatkan|nikmati) (update|berita|kabar) .{0,120}\b(setiap hari|pilihan|terkini)\b.{0,80}",
        ),
    )
)
"""(rule, pattern): the pattern must match a whole line. Anchored, so that a sentence about an advert stays."""

ANY_LINE = re.compile("|".join(f"(?:{pattern.pattern})" for _, pattern in LINES), re.IGNORECASE)
"""All of them at once: nearly every line of a page is none."""

CODE_AT_END = re.compile(
    r"\s*\(\s*[A-Z]?[a-z]{2,5}(\s*/\s*[A-Z]?[a-z]{2,5}){1,3}\s*\)\s*$"
    r"|(?<=[.!?\"”])\s*\((([\w* ]{1,20}/\s*){0,3}[A-Z]{1,3}-\d{1,2}|[a-z]{2,4})\)\s*$"
)
"""A desk code closing the last paragraph: "(lau/pta)", "(E-2)". One bare word in parentheses may be a gloss,
but not behind a full stop."""

LONGEST_LINE = 500
"""Longer lines are paragraphs whatever they begin with; also what bounds the matching."""


def line(text: str, own: tuple[re.Pattern[str], ...] = ()) -> str | None:
    """The name of the rule that cuts the line `text`, or None when it stays. `own` are the outlet's patterns."""
    if len(text) > LONGEST_LINE:
        return None
    if is_own(text, own):
        return "outlet's line"
    if not ANY_LINE.fullmatch(text):
        return None
    return next(rule for rule, pattern in LINES if pattern.fullmatch(text))


def is_own(text: str, own: tuple[re.Pattern[str], ...]) -> bool:
    """Whether one of the outlet's patterns cuts the line `text`."""
    return len(text) <= LONGEST_LINE and any(pattern.fullmatch(text) for pattern in own)
