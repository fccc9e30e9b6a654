"""How long and when, in digits that read the same in every language."""

from datetime import datetime

_DAY_S = 86_400


def duration_text(seconds: float) -> str:
    """3:07, or 1:02:45 from an hour on; a negative span is none."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"


def moment_text(at: float, now: float) -> str:
    """The local time of day within the day of `now`, month and day within a year, else the whole date; "" for 0."""
    if at <= 0:
        return ""
    moment, today = datetime.fromtimestamp(at), datetime.fromtimestamp(now if now > 0 else at)
    if moment.date() == today.date():
        return f"{moment:%H:%M}"
    if abs(now - at) < 300 * _DAY_S:
        return f"{moment:%m-%d %H:%M}"
    return f"{moment:%Y-%m-%d}"


def day_text(at: float, now: float) -> str:
    """As `moment_text`, without the time of day where it was another day."""
    text = moment_text(at, now)
    return text.split(" ")[0]
