"""The time zone of a site that nothing is known of, from its country's domain.

Countries with one zone for nearly all of their newsrooms; everything else stays unknown.
"""

from __future__ import annotations

_ZONES = {
    "at": "Europe/Vienna",
    "be": "Europe/Brussels",
    "bg": "Europe/Sofia",
    "ch": "Europe/Zurich",
    "cn": "Asia/Shanghai",
    "cz": "Europe/Prague",
    "de": "Europe/Berlin",
    "dk": "Europe/Copenhagen",
    "es": "Europe/Madrid",
    "fi": "Europe/Helsinki",
    "fr": "Europe/Paris",
    "gr": "Europe/Athens",
    "hk": "Asia/Hong_Kong",
    "hu": "Europe/Budapest",
    "id": "Asia/Jakarta",
    "ie": "Europe/Dublin",
    "il": "Asia/Jerusalem",
    "in": "Asia/Kolkata",
    "it": "Europe/Rome",
    "jp": "Asia/Tokyo",
    "kr": "Asia/Seoul",
    "li": "Europe/Vaduz",
    "lu": "Europe/Luxembourg",
    "my": "Asia/Kuala_Lumpur",
    "na": "Africa/Windhoek",
    "nl": "Europe/Amsterdam",
    "no": "Europe/Oslo",
    "nz": "Pacific/Auckland",
    "ph": "Asia/Manila",
    "pl": "Europe/Warsaw",
    "pt": "Europe/Lisbon",
    "py": "America/Asuncion",
    "ro": "Europe/Bucharest",
    "se": "Europe/Stockholm",
    "sg": "Asia/Singapore",
    "th": "Asia/Bangkok",
    "tr": "Europe/Istanbul",
    "tw": "Asia/Taipei",
    "ua": "Europe/Kyiv",
    "uk": "Europe/London",
    "vn": "Asia/Ho_Chi_Minh",
    "za": "Africa/Johannesburg",
}


def of_host(host: str) -> str | None:
    """The IANA zone of `host`'s country domain, or None where the domain does not tell."""
    return _ZONES.get(host.partition(":")[0].rpartition(".")[2])
