"""What stands in a body and is not the article's, in any Indonesian newsroom: named rules over lines.

An outlet file adds its own lines and elements; these are the ones that several outlets share.
"""

from __future__ import annotations

import re

from crawler.reading.sentences import is_sentence

_SITES = (
    r"(?:facebook|twitter|x|instagram|whatsapp|wa|telegram|line|linkedin|pinterest|threads|tiktok|email|e-mail|surel"
    r"|share|bagikan|sebarkan|salin tautan|salin link|copy link|cetak|print|komentar)"
)

LINES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (rule, re.compile(pattern, re.IGNORECASE))
    for rule, pattern in (
        (
            "advert",
            r"advertisement|iklan|advertisements?\s*\W*|pariwara|(konten|artikel) (ber)?sponsor|sponsored( content)?"
            r"|lanjut(kan)? (membaca|baca)( di ?bawah( ini)?)?\W*"
            r"|(scroll|gulir)\s.{0,60}(content|membaca|konten|lanjut\w*)",
        ),
        ("embed", r"(\W*\[gambas:[^\]]{1,60}\]\W*)+|\[?(video|foto|gambar|embed)\]?"),
        (
            "video promo",
            r"(simak|lihat|tonton|saksikan)(\s+juga)?\s+[\"'“‘(]?\s*(video|live|breaking news|infografis)\b.{0,250}"
            r"|(tonton|saksikan)\s+juga\b.{0,250}|(simak|lihat)\s+juga\b.{0,200}\[gambas:.{0,60}",
        ),
        (
            "share",
            rf"{_SITES}(\W{{0,3}}{_SITES}){{0,11}}\s*:?",
        ),
        (
            "page control",
            r"[at]\s?[-+]?(\W{0,3}[at]\s?[-+]){1,3}|ukuran (huruf|font|teks)\W*|(dengarkan|putar) (artikel|berita)\W*"
            r"|(waktu|lama) baca\W.{0,30}|\d+ menit (baca|membaca)",
        ),
        (
            "count",
            r"(sudah |telah )?(dilihat|dibaca|views?|tayangan)\W{0,3}[\d.,]+\s?(k|rb|ribu|jt|juta)?\s?(x|kali|views?)?"
            r"|[\d.,]+\s?(k|rb|ribu|jt|juta)?\s?(kali )?"
            r"(dilihat|dibaca|views?|tayangan|komentar|comments?|shares?|suka|likes?)"
            r"|(komentar|comments?)\W{0,3}\d*\W{0,3}",
        ),
        (
            "poll",
            r"(hasil )?(jajak pendapat|polling|poll|survei pembaca)\s*:?.{0,60}\bsuara\W*|total suara\W.{0,30}",
        ),
        (
            "cookie note",
            r".{0,120}\b(cookies?|kuki)\b.{0,250}",
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
            r"|selengkapnya( di ?sini)?\W*|(baca |info(rmasi)? )?lebih lanjut\W{0,3}(klik )?(di ?sini)\W*",
        ),
        (
            "subscribe",
            r"(lanjutkan|lanjut) (membaca|baca).{0,40}\b(berlangganan|langganan|masuk|login)\b.{0,60}"
            r"|(artikel|berita|konten|tulisan) ini (khusus|hanya|eksklusif)( tersedia)?( untuk| bagi)? (para )?"
            r"(pelanggan|anggota|member|subscriber)\b.{0,200}|sudah (ber)?langganan\s?\?.{0,80}"
            r"|baca berita tanpa iklan.{0,80}|gabung kompas\.com\+?.{0,40}|berlangganan.{0,80}sekarang\W*",
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
            r"(dapatkan|nikmati|terima) (update|berita|kabar|buletin) .{0,120}"
            r"\b(setiap (hari|pagi|pekan)|pilihan|terkini|surel|email|kotak masuk)\b.{0,120}"
            r"|(daftar|berlangganan|subscribe|sign up)\b.{0,60}\b(newsletter|buletin|nawala)\b.{0,120}",
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

COOKIES = re.compile(
    r"\b(?:situs(?: web)? ini|website ini|kami|this (?:web)?site|we|our|kebijakan|privasi|menyetujui|setuju"
    r"|pengalaman|terima|accept|agree|consent|policy|preferences)\b",
    re.IGNORECASE,
)
"""Two of these beside the word: a note on the cookies of the page, and not on those that somebody baked."""

_CODE, _BRACED = re.compile(r"[{}\[\]\"=;:<>\\/_|]"), re.compile(r"[{}]|\];|\)\s?;|=\s?[\"'{\[(]")
_SCRIPT = re.compile(r"\bfunction\s?\(|\w\.push\(|\bvar \w+\s?=|=>\s?\{|\);\s?\}")
CODE_SHARE = 0.12
"""Share of signs of code in a line of it; speech in quotation marks has a quarter of that."""

LONGEST_LINE = 500
"""Longer lines are paragraphs whatever they begin with; also what bounds the matching."""


def line(text: str, own: tuple[re.Pattern[str], ...] = ()) -> str | None:
    """The name of the rule that cuts the line `text`, or None when it stays. `own` are the outlet's patterns."""
    if _is_data(text):
        return "data"
    if len(text) > LONGEST_LINE:
        return None
    if is_own(text, own):
        return "outlet's line"
    if not ANY_LINE.fullmatch(text) or is_sentence(text):
        return None
    return next((rule for rule, pattern in LINES if pattern.fullmatch(text) and _may(rule, text)), None)


def _may(rule: str, text: str) -> bool:
    return rule != "cookie note" or len(COOKIES.findall(text)) > 1


def _is_data(text: str) -> bool:
    """Whether a line is what a script should have eaten: JSON, a style, code."""
    start = text[:LONGEST_LINE]
    if not any(sign in start for sign in "{};="):
        return False
    if _SCRIPT.search(start):
        return True
    return len(start) >= 20 and len(_CODE.findall(start)) >= CODE_SHARE * len(start) and bool(_BRACED.search(start))


def is_own(text: str, own: tuple[re.Pattern[str], ...]) -> bool:
    """Whether one of the outlet's patterns cuts the line `text`."""
    return len(text) <= LONGEST_LINE and any(pattern.fullmatch(text) for pattern in own)
