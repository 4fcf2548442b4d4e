"""Values as people read them: the words of `services.wording`, for the state layer to use."""

from portal_app.services.wording import (
    NOT_PROVIDED,
    day,
    file_size,
    local_day,
    long_month,
    moment,
    money,
    month,
    period,
    phone,
    plural,
    rate,
    short_day,
    short_moment,
    town,
)

__all__ = [
    "NOT_PROVIDED",
    "day",
    "file_size",
    "local_day",
    "long_month",
    "moment",
    "money",
    "month",
    "period",
    "phone",
    "plural",
    "rate",
    "short_day",
    "short_moment",
    "town",
]
