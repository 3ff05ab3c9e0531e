"""What stands where a byline names people and is none of them: desks, roles, buttons, sections, places, codes, logins.

Lists of words, and nothing else; what is done with them is `crawler.reading.names`.
"""

from __future__ import annotations

import re

DESK = re.compile(
    r"""(?xi) (?:redaksi|agregasi|desk|newsroom|the\snewsroom)(?:\s.*)?
    | (?:tim|team)(?:\s(?:(?-i:[a-z])|redaksi|liputan|editor|[\w.]*\.com).*)?  # Tim Hanlon is a person
    | (?:the\s)?(?:editorial(?:\sstaff)?|staff) | (?:.*\s)?staff\swriters?"""
)
"""Several colleagues under one name: they wrote it, and are nobody."""

_ROLE = r"""(?:editor|reporter|writer|author|correspondent|columnist|contributor|journalist|wartawan|jurnalis
    |kontributor|koresponden|kolumnis|redaktur|pewarta|penulis|oleh|uploader|videografer|fotografer)"""
NOBODY = re.compile(
    rf"""(?xi) {DESK.pattern.removeprefix("(?xi)")}
    | (?:redaktur|pt\.?)(?:\s.*)? | admin\w* | .*\sdeveloper | by | von | par | por
    | (?:(?:senior|junior|chief|deputy|associate|staff|staf|guest)\s)*{_ROLE}
      (?:\s(?:senior|junior|muda|madya|utama|lepas|magang|tamu|foto|daerah|khusus|pelaksana))*
    | (?!\S+\s\S+\s)\S+\s(?:correspondent|columnist|contributor|journalist)
    | publi(?:shed|é|cado|cato) | updated | veröffentlicht | aktualisiert | diperbarui | diterbitkan | terbit | tayang
    | senin | selasa | rabu | kamis | jum.?at | sabtu | minggu | ahad  # the date beside the name
    | news | berita | nachrichten | noticias | nouvelles | notizie | home | beranda | kategori\b.* | rubrik\b.*
    | internasional | mancanegara | dunia | global | nasional | daerah | regional | ekonomi | bisnis | keuangan
    | politik | hukum | olahraga | teknologi | kesehatan | hiburan | opini | advertorial
    | kiriman\spembaca | siaran\spers
    | follow | ikuti | share | bagikan | (?:kirim\s)?(?:e-?mail|surel) | twitter | facebook | instagram | whatsapp
    | linkedin | telegram | (?:salin|copy)\s(?:tautan|link) | (?:lihat|baca|view|see|more|all|semua)\s.*
    | profil\w* | komentar | comments? | foto | photo | image | iklan | langganan | subscribe
    | .*\s(?:gmbh|e\.\s?v\.?|ltd\.?|inc\.?|llc|tbk\.?)
    | (?-i:[a-z]+[._][a-z._]+)  # a login
    | webmaster | root | user | anonim | anonymous | unknown | undefined | none | null | n/?a
    | [\w-]+(?:\.[\w-]+)*\.(?:[a-z]{{2,3}}|info|news)"""
)

PLACE = re.compile(
    r"""(?xi) (?:kota|kabupaten|provinsi|dki|di)\s.* | (?:banda\s)?aceh | medan | padang | pekanbaru | batam | jambi
    | palembang | bengkulu | bandar\slampung | lampung | pangkalpinang | serang | banten | tangerang(?:\sselatan)?
    | jakarta(?:\s(?:pusat|utara|barat|selatan|timur))? | bogor | depok | bekasi | bandung | cirebon | semarang | solo
    | surakarta | yogyakarta | jogja | surabaya | malang | denpasar | mataram | kupang | pontianak | palangka\s?raya
    | banjarmasin | balikpapan | samarinda | manado | gorontalo | palu | makassar | kendari | ambon | ternate | sorong
    | jayapura | nusantara | (?:jawa|kalimantan|sumatera|sulawesi|papua)\s(?:\w+) | bali | ntb | ntt | indonesia
    | singapura | kuala\slumpur | bangkok | manila | hanoi | tokyo | seoul | beijing | hong\skong | new\sdelhi
    | canberra | sydney | moskow | kyiv | kiev | london | paris | berlin | brussel | jenewa | den\shaag | roma | madrid
    | istanbul | ankara | kairo | teheran | riyadh | doha | dubai | gaza | yerusalem | new\syork
    | washington(?:\sd\.?c\.?)?"""
)
"""From where it was written. Behind a name and a comma only: alone, each may be somebody's name."""

CODE = re.compile(r"[a-z]{1,4}|[A-Z]{1,3}|[A-Z]{1,3}-\d{1,2}|[a-z]+[A-Z]\w*")
"""Who typed it, known to the newsroom only: "(lau/pta)", "tst", "E-2". "kabarOto" is a brand, by its inner capital."""
