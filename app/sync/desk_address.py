"""Where the emergency desk and the text gateway are: plain values, read before any HTTP library is loaded."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class DeskAddress:
    """URLs and tokens as the site set them up; "" = not there."""

    desk_url: str = ""
    desk_token: str = field(default="", repr=False)
    text_url: str = ""
    text_token: str = field(default="", repr=False)
