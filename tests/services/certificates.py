"""Certificates for loopback, by an authority made for the test."""

import datetime
import ipaddress
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

_DAY = datetime.timedelta(days=1)


class Certified(NamedTuple):
    """Three PEM files: the authority, a certificate by it for 127.0.0.1, and its private key."""

    ca: Path
    certificate: Path
    key: Path


def certified(folder: Path) -> Certified:
    """Made anew in `folder`, valid for a day."""
    folder.mkdir(parents=True, exist_ok=True)
    files = Certified(folder / "ca.pem", folder / "central.pem", folder / "central-key.pem")
    authority, own = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = _name("演示 authority")
    ca = _builder(root, root, authority.public_key()).add_extension(
        x509.BasicConstraints(ca=True, path_length=0), critical=True
    )
    leaf = _builder(_name("演示 central"), root, own.public_key()).add_extension(
        x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
        critical=False,
    )
    for file, built in ((files.ca, ca), (files.certificate, leaf)):
        file.write_bytes(built.sign(authority, hashes.SHA256()).public_bytes(Encoding.PEM))
    files.key.write_bytes(own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return files


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    now = datetime.datetime.now(datetime.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _DAY)
        .not_valid_after(now + _DAY)
    )
