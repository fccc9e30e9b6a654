"""How a number is read out on the telephone: sign by sign, in groups, 幺 for one."""

_SIGNS = dict(zip("0123456789", "零幺二三四五六七八九", strict=True))
_GROUP = 4


def spoken_number(number: str) -> str:
    """The digits (and letters) of a ticket or telephone number as words, in groups of four with a short rest between.

    >>> spoken_number("260012345678")
    '二六零零，幺二三四，五六七八'
    """
    signs = [_SIGNS.get(sign, f" {sign.upper()} ") for sign in number if sign.isalnum()]
    groups = ["".join(signs[at : at + _GROUP]) for at in range(0, len(signs), _GROUP)]
    return "，".join(" ".join(group.split()) for group in groups)
