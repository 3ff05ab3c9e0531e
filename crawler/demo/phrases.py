"""The sentences of the newsroom: templates of Indonesian foreign news, by topic. Data only; `prose` fills them.

A slot in braces is either fixed by the story (`negara`, `tokoh`, ...) or drawn anew from `SLOTS` or as a number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crawler.demo import world


@dataclass(frozen=True, slots=True)
class Topic:
    """Templates of one kind of story; `tags` are its own, the scene adds the countries."""

    name: str
    tags: tuple[str, ...]
    titles: tuple[str, ...]
    leads: tuple[str, ...]
    facts: tuple[str, ...]


TOPICS = (
    Topic(
        "diplomasi",
        ("Diplomasi", "Perundingan"),
        (
            "{negara} dan {negara2} Sepakati {angka} Butir Kerja Sama di {ibukota}",
            "{jabatan} {negara} Bertolak ke {ibukota2}, Bahas {perkara}",
            "Perundingan {negara}-{negara2} soal {perkara} Masuk Babak Ke-{angka}",
        ),
        (
            "Pemerintah {negara} dan {negara2} menyepakati kerangka baru mengenai {perkara2} setelah perundingan "
            "selama {angka} hari di {ibukota}.",
            "{jabatan} {negara}, {tokoh}, tiba di {ibukota2} untuk membahas {perkara2} dengan mitranya dari {negara2}.",
        ),
        (
            "Naskah kesepakatan setebal {angka} halaman itu akan dibawa ke parlemen kedua negara sebelum akhir "
            "{bulan}.",
            "Delegasi {negara2} semula menolak pasal tentang pengawasan bersama, tetapi melunak setelah "
            "pertemuan tertutup yang berlangsung {angka} jam.",
            "Kedua pihak juga sepakat membuka kembali kantor penghubung di {kota} yang ditutup sejak {angka} "
            "tahun lalu.",
            "{lembaga} bertindak sebagai penengah dan menyediakan {angka} pemantau netral untuk masa peralihan.",
            "Pertemuan berikutnya dijadwalkan berlangsung di {ibukota2} dengan agenda yang lebih sempit.",
        ),
    ),
    Topic(
        "gempa",
        ("Gempa", "Bencana"),
        (
            "Gempa Magnitudo {magnitudo} Guncang {kota}, {angka} Bangunan Rusak",
            "{angka} Warga {kota} Mengungsi Usai Gempa, {negara} Minta Bantuan",
            "Tim {lembaga} Tiba di {kota} Setelah Gempa Magnitudo {magnitudo}",
        ),
        (
            "Gempa berkekuatan magnitudo {magnitudo} mengguncang {kota}, {negara}, dan merusak sedikitnya "
            "{angka} bangunan di kawasan kota lama.",
            "Ribuan warga {kota} menghabiskan malam di lapangan terbuka setelah gempa bermagnitudo {magnitudo} "
            "melanda wilayah {negara}.",
        ),
        (
            "Pusat gempa berada di kedalaman {angka} kilometer dan getarannya terasa sampai {ibukota}.",
            "Petugas mencatat {angka} gempa susulan hingga siang hari, yang terkuat bermagnitudo {magnitudo2}.",
            "Rumah sakit lapangan didirikan di halaman stasiun karena gedung utama retak di {angka} titik.",
            "Jalur kereta {kota}-{ibukota} dihentikan sementara sampai pemeriksaan rel selesai.",
            "Pemerintah {negara2} mengirim {angka} anggota regu penyelamat beserta anjing pelacak.",
        ),
    ),
    Topic(
        "ekonomi",
        ("Ekonomi", "Perdagangan"),
        (
            "Bank Sentral {negara} Tahan Suku Bunga, {mata_uang} Menguat {persen} Persen",
            "Ekspor {komoditas} {negara} ke {negara2} Naik {persen} Persen",
            "{negara} Cabut Tarif {komoditas}, Pedagang {kota} Menyambut",
        ),
        (
            "Mata uang {mata_uang2} menguat {persen} persen setelah bank sentral {negara} mempertahankan suku "
            "bunga acuan.",
            "Pengiriman {komoditas2} dari {negara} ke {negara2} tumbuh {persen} persen dibandingkan periode yang "
            "sama tahun lalu.",
        ),
        (
            "Data yang dirilis di {ibukota} menunjukkan cadangan devisa bertambah {angka} juta {mata_uang2} "
            "dalam sebulan.",
            "Pelaku usaha di {kota} mengaku biaya angkut turun, tetapi antrean di pelabuhan masih mencapai "
            "{angka} kapal.",
            "Harga {komoditas2} di pasar lelang {ibukota2} bergerak di kisaran {angka} {mata_uang2} per pikul.",
            "Serikat buruh {kota} meminta upah minimum dinaikkan {persen} persen mulai {bulan}.",
            "{lembaga} memperkirakan pertumbuhan {negara} tahun ini berada di bawah {persen} persen.",
        ),
    ),
    Topic(
        "pemilu",
        ("Pemilu", "Politik"),
        (
            "Pemilu {negara}: {tokoh} Unggul Sementara di {kota}",
            "Hitung Ulang Suara di {kota} Selesai, Selisih Hanya {angka} Suara",
            "Koalisi Baru {negara} Terbentuk Setelah {angka} Hari Buntu",
        ),
        (
            "Penghitungan suara sementara di {kota} menempatkan {tokoh} di urutan teratas dengan selisih "
            "{persen} persen.",
            "Komisi pemilihan {negara} menuntaskan penghitungan suara di {angka} distrik, termasuk {kota}.",
        ),
        (
            "Tingkat partisipasi pemilih mencapai {persen} persen, angka tertinggi dalam {angka} tahun terakhir.",
            "Kubu {tokoh2} mengajukan keberatan atas hasil di {angka} tempat pemungutan suara.",
            "Pemantau dari {lembaga} menilai pemungutan suara berlangsung tertib meski hujan lebat turun di {kota}.",
            "Parlemen {negara} memiliki {angka} kursi dan tidak satu pun partai meraih mayoritas.",
            "Pelantikan direncanakan pada awal {bulan} di gedung parlemen {ibukota}.",
        ),
    ),
    Topic(
        "perbatasan",
        ("Perbatasan", "Gencatan Senjata"),
        (
            "Gencatan Senjata {negara}-{negara2} Diperpanjang {angka} Hari",
            "Pos Perbatasan {kota} Dibuka Lagi, {angka} Truk Bantuan Melintas",
            "{negara} Tuding {negara2} Langgar Garis Batas di Dekat {kota}",
        ),
        (
            "Gencatan senjata di perbatasan {negara} dan {negara2} diperpanjang selama {angka} hari, demikian "
            "pernyataan bersama yang dibacakan di {ibukota}.",
            "Konvoi pertama berisi {angka} truk melintasi pos {kota} setelah perbatasan {negara}-{negara2} "
            "dibuka kembali.",
        ),
        (
            "Pasukan kedua negara ditarik sejauh {angka} kilometer dari garis batas yang disengketakan.",
            "Warga desa di sekitar {kota} mulai kembali ke rumah, sebagian mendapati ladangnya rusak.",
            "Sambungan telepon darurat antara komandan lapangan diaktifkan kembali setelah {angka} bulan terputus.",
            "{lembaga} menyebut sedikitnya {angka} keluarga masih bertahan di penampungan.",
            "Pemerintah {negara2} membantah pasukannya melewati batas dan meminta penyelidikan terbuka.",
        ),
    ),
    Topic(
        "antariksa",
        ("Antariksa", "Sains"),
        (
            "{negara} Luncurkan Satelit Cuaca ke-{angka} dari {kota}",
            "Teleskop {ibukota} Rekam Komet yang Melintas Setiap {angka} Tahun",
            "Peluncuran Roket {negara} Ditunda {angka} Jam karena Angin Kencang",
        ),
        (
            "Badan antariksa {negara} meluncurkan satelit pemantau cuaca dari landasan {kota} pada {waktu_hari}.",
            "Para astronom di {ibukota} merekam komet yang hanya mendekat setiap {angka} tahun.",
        ),
        (
            "Satelit berbobot {angka} kilogram itu akan memotret tutupan awan di atas lautan tiap {angka} menit.",
            "Biaya proyek mencapai {angka} juta {mata_uang2}, sebagian ditanggung {negara2}.",
            "Roket pendorong jatuh di zona aman sekitar {angka} mil dari pesisir {kota}.",
            "Data pertama diharapkan diterima stasiun bumi {ibukota} sebelum pertengahan {bulan}.",
            "{kampus} menyumbangkan kamera inframerah yang dirakit oleh {angka} mahasiswa.",
        ),
    ),
    Topic(
        "budaya",
        ("Budaya", "Pariwisata"),
        (
            "Festival Lentera {kota} Kembali Digelar Setelah {angka} Tahun",
            "Naskah Kuno {negara} yang Hilang Ditemukan di {ibukota2}",
            "Museum {ibukota} Kembalikan {angka} Artefak kepada {negara2}",
        ),
        (
            "Festival lentera di {kota}, {negara}, kembali digelar setelah {angka} tahun terhenti dan langsung "
            "dipadati pengunjung.",
            "Museum nasional di {ibukota} menyerahkan {angka} artefak kepada perwakilan {negara2} dalam upacara "
            "sederhana.",
        ),
        (
            "Panitia mencatat {angka} ribu pengunjung pada malam pertama, sebagian datang dari {ibukota2}.",
            "Naskah itu ditulis di atas kulit kayu dan memuat {angka} baris syair pelayaran.",
            "Pemugaran dikerjakan oleh {angka} perajin dari {kota} dengan bahan setempat.",
            "Tiket kereta menuju {kota} habis terjual {angka} hari sebelum acara dimulai.",
            "{kampus} akan memindai seluruh koleksi agar dapat dibaca umum mulai {bulan}.",
        ),
    ),
    Topic(
        "banjir",
        ("Banjir", "Cuaca Ekstrem"),
        (
            "Banjir Rendam {angka} Desa di {kota}, {negara} Tetapkan Siaga",
            "Topan Mendekat, {negara} Evakuasi {angka} Ribu Warga Pesisir {kota}",
            "Bendungan {kota} Meluap, Jalur ke {ibukota} Terputus",
        ),
        (
            "Hujan selama {angka} jam merendam desa-desa di sekitar {kota} dan memaksa pemerintah {negara} "
            "menetapkan status siaga.",
            "Otoritas {negara} memindahkan {angka} ribu warga pesisir {kota} menjelang datangnya topan.",
        ),
        (
            "Ketinggian air di pusat kota mencapai {angka} sentimeter dan baru surut menjelang pagi.",
            "Sebanyak {angka} perahu karet dikerahkan untuk menjangkau permukiman yang terisolasi.",
            "Listrik di {angka} kecamatan dipadamkan demi keselamatan warga.",
            "{lembaga} menyalurkan {angka} ton beras dan tablet penjernih air.",
            "Sekolah di {kota} diliburkan sampai akhir pekan, sedangkan pasar induk tetap buka terbatas.",
        ),
    ),
)

COMMON = (
    "“Kami tidak ingin keputusan ini lahir karena tekanan {pihak},” kata {tokoh} kepada wartawan di {ibukota}, "
    "{waktu_hari}.",
    "“Yang kami jaga adalah kepentingan {pihak}, bukan gengsi,” ujar {tokoh2}, {ahli} dari {kampus}.",
    "Menurut {tokoh2}, {ahli} dari {kampus}, langkah itu baru akan terasa dampaknya dalam {angka} bulan ke depan.",
    "{tokoh} menambahkan bahwa laporan lengkap akan diumumkan setelah rapat kabinet di {ibukota}, {waktu_hari}.",
    "Sumber di {lembaga} menyebut pembahasan berjalan alot hingga lewat tengah malam waktu {kota}.",
    "Hingga berita ini diturunkan, pemerintah {negara2} belum memberikan tanggapan resmi atas {perkara2}.",
    "Pengalaman {angka} tahun lalu menunjukkan bahwa janji serupa kerap berhenti di meja perundingan, tulis "
    "kajian {kampus}.",
    "Di {kota}, {pihak} menyambut kabar tersebut dengan hati-hati, sebab {angka} janji sebelumnya tidak kunjung "
    "ditepati.",
    "“Kalau ingin memahami persoalannya, baca juga laporan {lembaga} dari awal,” tutur {tokoh2} sambil menunjuk "
    "lampiran setebal {angka} halaman.",
    "“Baca juga lampirannya sebelum menuduh {pihak},” sergah {tokoh} ketika ditanya soal tudingan {negara2}.",
    "Hubungan {negara} dan {negara2} sempat membeku pada {bulan} {tahun}, lalu pulih berkat penengahan {lembaga}.",
    "Jalan utama menuju {kota} dijaga {angka} petugas, sementara {pihak} diminta tidak termakan kabar bohong.",
    "Kementerian terkait di {ibukota2} menyatakan akan mengirim tim kecil beranggotakan {angka} orang untuk "
    "memeriksa lapangan.",
    "Survei {kampus} terhadap {angka2} responden memperlihatkan {persen} persen warga mendukung kebijakan itu.",
    "Lihat saja datanya, kata {tokoh2}: dalam {angka} tahun, anggaran untuk {perkara2} hanya bertambah {persen} "
    "persen.",
    "Oposisi menilai pemerintah lamban; mereka menuntut penjelasan terbuka di hadapan parlemen {negara} pada "
    "{waktu_hari}.",
    "Kapal & pesawat milik {negara2} tetap boleh melintas, asalkan melapor {angka} jam sebelumnya ke menara {kota}.",
    "{tokoh} menutup keterangannya dengan singkat: “Pekerjaan sesungguhnya baru dimulai {waktu_hari}.”",
    "Bagi {pihak}, yang terpenting adalah kepastian; bagi {ibukota}, yang dipertaruhkan adalah kepercayaan {negara2}.",
    "Rute pelayaran antara {kota} dan {ibukota2} kini memakan waktu {angka} jam lebih lama daripada biasanya.",
)

EXTRA = (
    "Dalam perkembangan terbaru, {lembaga} mengonfirmasi bahwa {angka} perwakilan {negara2} telah tiba di {kota}.",
    "Pembaruan: kantor {jabatan2} {negara} menerbitkan klarifikasi sepanjang {angka} kalimat mengenai {perkara2}.",
    "Belakangan, {tokoh2} meralat angka yang disebutnya dan menyatakan jumlah yang benar adalah {angka2}.",
)

PICTURES = Topic(
    "foto",
    ("Foto", "Pasar Terapung"),
    (
        "Potret Pasar Terapung {kota} Setelah Musim Hujan",
        "Pagi di Dermaga {kota} Menjelang Festival Perahu",
    ),
    ("Ratusan perahu kembali memadati pasar terapung {kota}, {negara}, {waktu_hari}.",),
    (
        "Pedagang menata {komoditas2} di atas perahu kayu yang berderet di tepi sungai {kota}, {waktu_hari}",
        "Seorang nelayan menambatkan perahunya di dermaga lama sebelum pasar dibuka",
        "Pembeli dari {ibukota} menawar hasil kebun yang baru diturunkan dari perahu",
        "Anak-anak menyeberangi jembatan bambu dalam perjalanan ke sekolah di seberang pasar",
        "Petugas pelabuhan mencatat {angka} perahu yang singgah sejak matahari terbit",
    ),
)
"""Of photo galleries, whose facts are captions."""

CAPTIONS = (
    "Suasana di pusat kota {kota}, {negara}, {waktu_hari}",
    "{jabatan} {negara} {tokoh} seusai memberi keterangan di {ibukota}",
    "Warga melintas di depan gedung parlemen {ibukota}",
)

SLOTS: Mapping[str, tuple[str, ...]] = {
    "perkara": ("Hak Pelayaran", "Utang Lama", "Pertukaran Tahanan", "Energi Surya", "Batas Laut", "Visa Pekerja"),
    "perkara2": (
        "hak pelayaran di selat utara", "penghapusan utang lama", "pertukaran tahanan", "pembangkit surya bersama",
        "batas laut yang tumpang tindih", "visa pekerja musiman", "pembagian air sungai", "perlindungan nelayan",
    ),
    "komoditas": ("Kopra", "Tembaga", "Gandum", "Rempah", "Kapas", "Timah"),
    "komoditas2": ("kopra", "tembaga", "gandum", "rempah", "kapas", "timah"),
    "pihak": (
        "warga pesisir", "para pedagang", "kelompok oposisi", "keluarga korban", "kalangan usaha", "petani setempat",
        "serikat buruh", "mahasiswa", "para pengungsi", "pemilik kapal",
    ),
    "bulan": ("Januari", "Maret", "April", "Juni", "Agustus", "September", "November", "Desember"),
    "waktu_hari": ("Senin pagi", "Selasa siang", "Rabu petang", "Kamis malam", "Jumat pagi", "Sabtu siang"),
    "lembaga": world.BODIES,
    "kampus": world.CAMPUSES,
    "ahli": world.EXPERTS,
    "jabatan2": world.ROLES,
}  # fmt: skip
