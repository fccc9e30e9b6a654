"""How a number is read out on the telephone: sign by sign, in groups, 幺 for one."""

from app.domain.numerals import NumberKind, kind_of

_SIGNS = dict(zip("0123456789", "零幺二三四五六七八九", strict=True))
_GROUP = 4
_GROUPS = {NumberKind.MOBILE: (3, 4, 4), NumberKind.ID: (6, 8, 4), NumberKind.SERVICE: (3, 3, 4)}


def spoken_number(number: str) -> str:
    """The digits (and letters) of a ticket or telephone number as words, in groups with a short rest between.

    >>> spoken_number("260012345678")
    '二六零零，幺二三四，五六七八'
    """
    return spoken_groups(number)


def spoken_groups(number: str) -> str:
    """As people read it: mobile 3-4-4, landline area code-4-4, identity card 6-8-4, all else by fours.

    >>> spoken_groups("13800138000")
    '幺三八，零零幺三，八零零零'
    >>> spoken_groups("0312-5888666")
    '零三幺二，五八八，八六六六'
    """
    signs = [sign.upper() for sign in number if sign.isalnum()]
    spoken = [_SIGNS.get(sign, f" {sign} ") for sign in signs]
    groups, at = [], 0
    for size in _sizes("".join(signs)):
        groups.append(" ".join("".join(spoken[at : at + size]).split()))
        at += size
    return "，".join(group for group in groups if group)


def _sizes(number: str) -> tuple[int, ...]:
    kind = kind_of(number)
    if kind in _GROUPS:
        return _GROUPS[kind]
    if kind is NumberKind.LANDLINE:
        area = 3 if number.startswith(("01", "02")) else 4
        return (area, len(number) - area - _GROUP, _GROUP)
    return (_GROUP,) * (len(number) // _GROUP + 1)
