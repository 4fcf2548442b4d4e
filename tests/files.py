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


def held_sideways(kind: str, *, is_whole: bool = True) -> bytes:
    """A photo taken with the camera on its side; its notes may hold what cannot be written."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Maker of cameras"
    content = picture(kind, exif=exif.tobytes())
    broken = content.replace(b"\x0f\x01\x02\x00", b"\x0f\x01\x07\x00").replace(
        b"\x01\x0f\x00\x02", b"\x01\x0f\x00\x01"
    )
    return content if is_whole else broken


def with_broken_notes(kind: str) -> bytes:
    """A photo whose camera noted down what nobody can read."""
    exif = Image.Exif()
    exif[0x010F] = "Maker of cameras"
    content = picture(kind, exif=exif.tobytes())
    return content.replace(b"II*\0", b"UM*\0").replace(b"MM\0*", b"UM\0*")


def displaced_archive() -> bytes:
    """A document whose directory says that a file begins before the archive does."""
    content = bytearray(docx())
    at = content.rfind(b"PK\x05\x06")
    content[at + 16 : at + 20] = struct.pack("<I", 10**8)
    return bytes(content)


def archive_with_unreadable_name() -> bytes:
    """A document with a name inside that says it is UTF-8, and is not."""
    content = docx(é=b"x")
    return content.replace("é".encode(), b"\xe9\xff")


def docx(*, packed: int = zipfile.ZIP_DEFLATED, **files: bytes) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", packed) as archive:
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
