"""The invented world that the newsroom reports on: its countries, cities, people and bodies.

Names only; `prose` makes sentences of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Country:
    """`people` is the adjective: "pemerintah Sarendra", "warga Sarendra"."""

    name: str
    capital: str
    cities: tuple[str, ...]
    money: str


COUNTRIES = (
    Country("Sarendra", "Lumbaya", ("Kota Arwana", "Pelabuhan Tirta", "Wanasari Timur"), "rendar"),
    Country("Velmora", "Astrelle", ("Dunmarch", "Porto Velim", "Garvenne"), "velim"),
    Country("Ostavia", "Krasnovel", ("Mirograd Baru", "Talensk", "Ust-Verna"), "ostar"),
    Country("Nordhavn Raya", "Fjelby", ("Skarholm", "Isdal", "Torvik"), "nordal"),
    Country("Tasmirah", "Qasr Alun", ("Wadi Sahra", "Bandar Zaitun", "Rimal"), "mirah"),
    Country("Belqara", "Nur Shahid", ("Kotal", "Darvaz Lama", "Sangin Bala"), "qaran"),
    Country("Hanryeo", "Seorim", ("Namcheon", "Baekdam", "Ulhwa"), "ryeo"),
    Country("Kimbari", "Mazuru", ("Obanda", "Teluk Nyota", "Lwanga"), "bari"),
    Country("Palmeria", "Santa Verda", ("Puerto Lindo", "Rio Plata", "Altamira Kecil"), "palmo"),
    Country("Kepulauan Oriente", "Matangi", ("Vaisala", "Tafuna", "Karang Putih"), "tangi"),
    Country("Gandhara Selatan", "Ravipura", ("Chandranagar", "Meghali", "Suryapatna"), "ravi"),
    Country("Mirelle", "Beaufontaine", ("Saint-Orme", "Vallarque", "Clairbois"), "mirel"),
)

FIRST = (
    "Arvid", "Belinda", "Casimir", "Darya", "Edmund", "Farida", "Goran", "Helvi", "Ismail", "Jovana", "Kenzo",
    "Liora", "Mattias", "Nadezda", "Osvaldo", "Parvati", "Quentin", "Rosalind", "Sefa", "Tomasz", "Umaru",
    "Vera", "Wilhelm", "Ximena", "Yoon-ah", "Zaher",
)  # fmt: skip
LAST = (
    "Alvenius", "Brankovar", "Calderis", "Dovzhan", "Estrevo", "Fernhald", "Galimov", "Hartvik", "Ibarrol",
    "Jangwon", "Kessavan", "Lindqvar", "Maravel", "Nyandoro", "Ordovan", "Petrescan", "Quillarte", "Rashmir",
    "Solveth", "Tavaresh", "Ulmanis-Karo", "Vantongeren", "Waqaniva", "Yildarov", "Zembani", "D’Amberle",
)  # fmt: skip

ROLES = (
    "Menteri Luar Negeri", "Menteri Pertahanan", "Juru Bicara Pemerintah", "Perdana Menteri", "Wakil Presiden",
    "Ketua Parlemen", "Menteri Perdagangan", "Gubernur Bank Sentral", "Menteri Dalam Negeri", "Utusan Khusus",
)  # fmt: skip
EXPERTS = (
    "pengamat hubungan internasional", "peneliti senior", "guru besar ilmu politik", "ahli kebencanaan",
    "ekonom", "sejarawan kawasan", "analis keamanan", "ahli hukum laut",
)  # fmt: skip
BODIES = (
    "Dewan Samudra Raya", "Liga Negara Pesisir", "Forum Lima Teluk", "Komisi Perdamaian Ravipura",
    "Badan Pangan Kawasan", "Mahkamah Laut Astrelle", "Perhimpunan Palang Hijau", "Organisasi Meteorologi Benua",
)  # fmt: skip
CAMPUSES = (
    "Universitas Fjelby", "Institut Kajian Teluk Matangi", "Universitas Negeri Lumbaya", "Akademi Seorim",
    "Sekolah Kebijakan Beaufontaine", "Pusat Studi Benua Mazuru", "Lembaga Arkavidya",
)  # fmt: skip
REPORTERS = (
    "Laras Wigati", "Bagus Anantara", "Mega Puspaningrum", "Rendra Hasiholan", "Tiara Senduk", "Yusuf Latuheru",
    "Nirmala Kaswari", "Galih Tambunan", "Ajeng Rahmawida", "Dimas Lopulalan", "Sekar Winoto", "Ferdi Manopo",
    "Wulan Pareira", "Hanif Daulay-Rusli", "Intan Sibarani", "Oka Suteja",
)  # fmt: skip
AGENCIES = ("Kantor Berita Samudra", "Kawat Benua", "Pelita Press")


def person(random: Random) -> str:
    return f"{random.choice(FIRST)} {random.choice(LAST)}"
