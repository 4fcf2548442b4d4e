"""An S3 store, Amazon's or another; keys come from the environment, as boto3 reads them."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# (the SDK is made at run time and has no types)

import io
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from portal_app.integrations.s3_bucket import S3Bucket
from portal_app.ports import PortRefused
from portal_app.ports.storage import Landing, Part, Stored, Ticket

_IN_MEMORY = 8_388_608
_LEAST_SECONDS = 1


class S3Store:
    """Fulfils `ports.storage.ObjectStore`."""

    def __init__(
        self,
        bucket: str,
        *,
        endpoint: str,
        region: str,
        origin: str,
        now: Callable[[], datetime],
        client: Any = None,
    ) -> None:
        self.origin, self._now = origin, now
        self._bucket = S3Bucket(bucket, endpoint=endpoint, region=region, client=client)
        self._call = self._bucket.call
        self.prepare, self.faults = self._bucket.prepare, self._bucket.faults

    def ticket(self, landing: Landing) -> Ticket:
        """Sign a form; see `ports.storage.ObjectStore`."""
        fields = {"Content-Type": landing.media_type}
        conditions = [fields, ["content-length-range", landing.size, landing.size]]
        made = self._bucket.client.generate_presigned_post(
            self._bucket.name,
            landing.key,
            Fields=dict(fields),
            Conditions=conditions,
            ExpiresIn=self._seconds(landing),
        )
        return Ticket(made["url"], made["fields"])

    def begin_parts(self, landing: Landing) -> str:
        """Open an upload in parts."""
        answer = self._call(
            "create_multipart_upload", Key=landing.key, ContentType=landing.media_type
        )
        return str(answer["UploadId"])

    def missing_parts(self, landing: Landing, parts: str, *, part_size: int) -> list[Part]:
        """Sign an address for each part that is not there yet."""
        here = {one["PartNumber"]: one["Size"] for one in self._parts(landing.key, parts)}
        whole, rest = divmod(landing.size, part_size)
        sizes = [part_size] * whole + ([rest] if rest else [])
        return [
            Part(number, size, self._part_address(landing, parts, number, size))
            for number, size in enumerate(sizes, 1)
            if here.get(number) != size
        ]

    def join_parts(self, landing: Landing, parts: str) -> None:
        """Make one object of the parts."""
        here = list(self._parts(landing.key, parts))
        if sum(one["Size"] for one in here) != landing.size:
            message = "parts are missing"
            raise PortRefused(message)
        known = [{"PartNumber": one["PartNumber"], "ETag": one["ETag"]} for one in here]
        self._call(
            "complete_multipart_upload",
            Key=landing.key,
            UploadId=parts,
            MultipartUpload={"Parts": known},
        )

    def drop_parts(self, key: str, parts: str) -> None:
        """Let go of an upload in parts."""
        try:
            self._call("abort_multipart_upload", Key=key, UploadId=parts)
        except PortRefused:
            return  # it was joined, or is gone

    def head(self, key: str) -> Stored | None:
        """Return what is known of an object."""
        try:
            known = self._call("head_object", Key=key)
        except PortRefused:
            return None
        return Stored(key, known["ContentLength"], known["LastModified"])

    @contextmanager
    def read(self, key: str) -> Generator[BinaryIO]:
        """Open an object for reading."""
        body = self._call("get_object", Key=key)["Body"]
        try:
            yield cast("BinaryIO", io.BufferedReader(_Whole(body)))
        finally:
            body.close()

    def write(self, key: str, content: Iterable[bytes]) -> None:
        """Keep an object, whole or not at all."""
        with SpooledTemporaryFile(_IN_MEMORY) as file:
            for piece in content:
                file.write(piece)
            file.seek(0)
            self._call("put_object", Key=key, Body=file, ServerSideEncryption="AES256")

    def delete(self, key: str) -> None:
        """Remove an object."""
        self._call("delete_object", Key=key)

    def objects(self, prefix: str) -> Iterator[Stored]:
        """Go through every object whose key begins like this."""
        token: dict[str, str] = {}
        while True:
            page = self._call("list_objects_v2", Prefix=prefix, **token)
            for one in page.get("Contents", ()):
                yield Stored(one["Key"], one["Size"], one["LastModified"])
            if not page.get("IsTruncated"):
                return
            token = {"ContinuationToken": page["NextContinuationToken"]}

    def _part_address(self, landing: Landing, parts: str, number: int, size: int) -> str:
        return str(
            self._bucket.client.generate_presigned_url(
                "upload_part",
                Params={
                    "Bucket": self._bucket.name,
                    "Key": landing.key,
                    "UploadId": parts,
                    "PartNumber": number,
                    "ContentLength": size,
                },
                ExpiresIn=self._seconds(landing),
            )
        )

    def _parts(self, key: str, parts: str) -> Iterator[dict[str, Any]]:
        marker: dict[str, int] = {}
        while True:
            page = self._call("list_parts", Key=key, UploadId=parts, **marker)
            yield from page.get("Parts", ())
            if not page.get("IsTruncated"):
                return
            marker = {"PartNumberMarker": page["NextPartNumberMarker"]}

    def _seconds(self, landing: Landing) -> int:
        return max(_LEAST_SECONDS, int((landing.expires_at - self._now()).total_seconds()))


class _Whole(io.RawIOBase):
    """A body that is read like a file: as many bytes as are asked for, while there are any."""

    def __init__(self, body: Any) -> None:
        self._body = body

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        piece = self._body.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)
