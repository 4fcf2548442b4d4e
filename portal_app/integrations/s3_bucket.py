"""One bucket of an S3 store: how it is spoken to, made ready, and looked over."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# (the SDK is made at run time and has no types)

from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

import boto3
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from portal_app.ports import PortRefused, PortUnavailable

_ABSENT = {"404", "NoSuchKey", "NotFound", "NoSuchUpload"}
_NOT_OFFERED = {"NotImplemented", "MethodNotAllowed"}
_FIRST_REGION = "us-east-1"
# Without the last, a browser would have to send checksums that it was not told of.
_HOW = Config(
    signature_version="s3v4",
    s3={"addressing_style": "path"},
    connect_timeout=5,
    read_timeout=60,
    retries={"mode": "standard", "total_max_attempts": 3},
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)
_BLOCKED = dict.fromkeys(
    ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True
)
# What the portal itself removes within hours, should it ever fail to.
_LEFT_BEHIND = [
    {
        "ID": "portal-half-sent",
        "Status": "Enabled",
        "Filter": {"Prefix": ""},
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1},
    },
    {
        "ID": "portal-landing",
        "Status": "Enabled",
        "Filter": {"Prefix": "landing/"},
        "Expiration": {"Days": 2},
    },
]
_INIT = "run `portal storage init`."


class S3Bucket:
    """Asks for things in one bucket, and turns what the store says no to into our own words."""

    def __init__(self, name: str, *, endpoint: str, region: str, client: Any = None) -> None:
        self.name, self._region = name, region
        self._where = {"endpoint_url": endpoint or None, "region_name": region}
        self.client: Any = client or boto3.client("s3", config=_HOW, **self._where)

    def call(self, name: str, **arguments: Any) -> Any:
        """Ask for something; PortRefused where it is not there or not offered."""
        return self._answer(getattr(self.client, name), Bucket=self.name, **arguments)

    def prepare(self, origins: Sequence[str]) -> list[str]:
        """Make the bucket if there is none, keep it private, and let our pages send to it."""
        try:
            self.call("head_bucket")
        except PortRefused:
            elsewhere = {"CreateBucketConfiguration": {"LocationConstraint": self._region}}
            self.call("create_bucket", **({} if self._region == _FIRST_REGION else elsewhere))
        rule = {
            "AllowedOrigins": list(origins),
            "AllowedMethods": ["POST", "PUT"],
            "AllowedHeaders": ["content-type"],
            "MaxAgeSeconds": 3600,
        }
        self.call("put_bucket_cors", CORSConfiguration={"CORSRules": [rule]})
        further = {
            "expiry of what was left behind": lambda: self.call(
                "put_bucket_lifecycle_configuration",
                LifecycleConfiguration={"Rules": _LEFT_BEHIND},
            ),
            "a block against public access": lambda: self.call(
                "put_public_access_block", PublicAccessBlockConfiguration=_BLOCKED
            ),
        }
        return [words for words, ask in further.items() if not _is_offered(ask)]

    def faults(self, origins: Sequence[str]) -> list[str]:
        """Say what is wrong with the bucket, having put something there and taken it away."""
        try:
            self.call("head_bucket")
        except PortRefused:
            return [f"there is no bucket {self.name}: {_INIT}"]
        found: list[str] = []
        allowed = self._allowed_origins()
        if "*" not in allowed and (missing := set(origins) - allowed):
            found.append(f"pages of {', '.join(sorted(missing))} may not send files: {_INIT}")
        if self._is_public():
            found.append("anybody may list what is in the bucket: make it private.")
        self._try_out()
        return found

    def _allowed_origins(self) -> set[str]:
        """Return from where browsers may both post a file and put a part of one."""
        try:
            rules = self.call("get_bucket_cors")["CORSRules"]
        except PortRefused:
            return set()
        sending = [rule for rule in rules if {"POST", "PUT"} <= set(rule["AllowedMethods"])]
        return {origin for rule in sending for origin in rule["AllowedOrigins"]}

    def _is_public(self) -> bool:
        """Ask as a stranger would, without a signature."""
        how = _HOW.merge(Config(signature_version=UNSIGNED))
        stranger = boto3.client("s3", config=how, **self._where)
        try:
            stranger.list_objects_v2(Bucket=self.name, MaxKeys=1)
        except (ClientError, BotoCoreError):
            return False
        return True

    def _try_out(self) -> None:
        key = f"landing/{uuid4()}"
        self.call("put_object", Key=key, Body=b"doctor", ServerSideEncryption="AES256")
        self.call("get_object", Key=key)["Body"].close()
        self.call("delete_object", Key=key)

    @staticmethod
    def _answer(ask: Callable[..., Any], **arguments: Any) -> Any:
        try:
            return ask(**arguments)
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            if code in _ABSENT | _NOT_OFFERED or code.startswith("NoSuch"):
                raise PortRefused(code) from error
            raise PortUnavailable(f"The store answered {code}.") from error
        except BotoCoreError as error:
            raise PortUnavailable(
                f"The store cannot be reached: {type(error).__name__}."
            ) from error


def _is_offered(ask: Callable[[], Any]) -> bool:
    try:
        ask()
    except PortRefused:
        return False
    return True
