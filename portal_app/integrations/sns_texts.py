"""Text messages by Amazon SNS; region and keys come from the environment, as boto3 reads them."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# (the SDK is made at run time and has no types)

from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from portal_app.ports import PortRefused, PortUnavailable, TextMessage

_REFUSED = {"InvalidParameter", "InvalidParameterValue", "OptedOut", "ValidationException"}
_PATIENCE = Config(
    connect_timeout=5, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 1}
)
_TRANSACTIONAL = {
    "AWS.SNS.SMS.SMSType": {"DataType": "String", "StringValue": "Transactional"},
}


class SnsTexts:
    """Fulfils `ports.TextSender`."""

    def __init__(self, client: Any = None) -> None:
        """Use `client`, or one made from the environment."""
        self._client: Any = client or boto3.client("sns", config=_PATIENCE)

    def send(self, message: TextMessage) -> None:
        """Return once SNS has taken the message; see `ports.TextSender`.

        Whatever is not plainly the number's fault is tried again: keys, quotas and outages are
        the operator's to mend.
        """
        try:
            self._client.publish(
                PhoneNumber=message.recipient,
                Message=message.text,
                MessageAttributes=_TRANSACTIONAL,
            )
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            if code in _REFUSED:
                raise PortRefused(f"SNS answered {code}.") from error
            raise PortUnavailable(f"SNS answered {code}.") from error
        except BotoCoreError as error:
            raise PortUnavailable(f"SNS cannot be reached: {type(error).__name__}.") from error
