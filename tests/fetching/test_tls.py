"""TLS: an invalid certificate is refused and named; nothing is asked over it."""

from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from faultserver import FaultServer, answer, redirect
from fetching_child import HASTY, Child

OK = answer(b"<title>Kereta malam ke Rawa Lintang</title>")
ADDRESS = "127.9.9.1"


class Authority:
    """A certificate authority that the child is told to trust."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Balai Sertifikat")])
        self.file = folder / "ca.pem"
        certificate = self._sign(self.name, self.key, ca=True)
        self.file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))

    def context(self, address: str = ADDRESS, days: int = 1, trusted: bool = True) -> ssl.SSLContext:
        """A server's side, with a certificate for `address` that ends in `days`."""
        issuer = self if trusted else Authority(self.folder / "..")
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = issuer._sign(None, key, address, days)
        path = self.folder / f"{address}-{days}-{trusted}.pem"
        encoding, none = serialization.Encoding.PEM, serialization.NoEncryption()
        private = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, none)
        path.write_bytes(private + certificate.public_bytes(encoding))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context

    def _sign(
        self,
        name: x509.Name | None,
        key: ec.EllipticCurvePrivateKey,
        address: str = "",
        days: int = 1,
        ca: bool = False,
    ) -> x509.Certificate:
        now = datetime.now(UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(name or x509.Name([]))
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=9))
            .not_valid_after(now + timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        )
        if address:
            names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
            builder = builder.add_extension(names, critical=True)
        return builder.sign(self.key, hashes.SHA256())


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def secure(children: Callable[..., Child], authority: Authority) -> Child:
    return children({"SSL_CERT_FILE": str(authority.file)})


def test_a_valid_certificate(secure: Child, authority: Authority) -> None:
    with FaultServer({"/a": OK}, authority.context(), ADDRESS) as server:
        assert secure.one(server.url("/a"))["page"]


@pytest.mark.fault(17)
@pytest.mark.parametrize(
    ("flaw", "why"),
    [
        ({"days": -1}, "TLS certificate is not valid"),
        ({"trusted": False}, "TLS certificate is not valid"),
        ({"address": "127.9.9.2"}, "TLS certificate is for another host"),
    ],
    ids=["expired", "self-signed", "wrong name"],
)
def test_a_flawed_certificate(secure: Child, authority: Authority, flaw: dict[str, object], why: str) -> None:
    context = authority.context(**flaw)  # type: ignore[arg-type]
    with FaultServer({"/a": OK}, context, ADDRESS) as server:
        got = secure.one(server.url("/a"))
    assert (got["outcome"], got["why"]) == ("refused", why)
    assert server.asked == []


def test_no_tls_at_all(children: Callable[..., Child], authority: Authority) -> None:
    hasty = children({"SSL_CERT_FILE": str(authority.file)}, timeout=HASTY)  # the server waits for the end of a line
    with FaultServer({"/a": OK}) as server:
        got = hasty.one(server.url("/a").replace("http:", "https:"))
    assert got["outcome"] == "busy"
    assert server.asked == []


@pytest.mark.fault(13)
def test_from_https_to_http_is_followed_and_kept(secure: Child, authority: Authority) -> None:
    with (
        FaultServer({"/a": OK}) as plain,
        FaultServer({"/a": redirect(plain.url("/a"))}, authority.context(), ADDRESS) as server,
    ):
        got = secure.one(server.url("/a"))
    assert got["page"]["url"] == plain.url("/a")
    assert got["passed"] == [server.url("/a")]
