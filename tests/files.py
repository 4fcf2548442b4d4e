"""Files as people send them: small, whole, and of each kind; and some that nobody should send."""

import hashlib
import io
import struct
import zipfile
import zlib

from PIL import Image

JPEG, PNG, WEBP, PDF = "image/jpeg", "image/png", "image/webp", "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def picture(kind="JPEG", *, size=(64, 48), exif=b"", **options) -> bytes:
    into = io.BytesIO()
    Image.new("RGB", size, "#3d4fd6").save(
        into, kind, **({"exif": exif} if exif else {}), **options
    )
    return into.getvalue()


def noise(megabytes: float) -> bytes:
    """A picture of about this many megabytes, which does not get any smaller."""
    side = int((megabytes * 1_000_000 / 3) ** 0.5)
    import os

    into = io.BytesIO()
    Image.frombytes("RGB", (side, side), os.urandom(side * side * 3)).save(into, "PNG")
    return into.getvalue()


def with_a_place() -> bytes:
    """A photo that says where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Maker of cameras"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (40.0, 42.0, 46.0)
    return picture(exif=exif.tobytes())


def pdf() -> bytes:
    return b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def docx(**files: bytes) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return into.getvalue()


def archive_bomb() -> bytes:
    """A document of some kilobytes that unpacks to 300 megabytes."""
    return docx(word__media=b"\0" * 300_000_000)


def lying_archive_bomb() -> bytes:
    """The same, whose directory says that there are ten bytes inside."""
    content = archive_bomb()
    return content.replace(struct.pack("<I", 300_000_000), struct.pack("<I", 10))


def image_bomb() -> bytes:
    """A picture of some bytes that is 60,000 pixels wide and high."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content))
            + name
            + content
            + struct.pack(">I", zlib.crc32(name + content))
        )

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
