"""The directory (通讯录): whom an agent may want to call, and finding one of ten thousand while the name is typed."""

from collections.abc import Iterable
from dataclasses import dataclass

FOUND_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who can be called. `initials`: the first letters of the name's sounds (市民政局 → "smzj")."""

    name: str
    number: str
    unit: str = ""
    note: str = ""
    initials: str = ""


@dataclass(frozen=True, slots=True)
class ContactProblem:
    """A line of the site's file that could not be used."""

    line: int
    why: str  # "number", "name", "columns", "text", or "file" where the whole file cannot be read


class Directory:
    """Contacts with what is searched of each, made once. Immutable; searching 10,000 takes a few milliseconds."""

    def __init__(self, contacts: Iterable[Contact] = ()) -> None:
        self.contacts = tuple(contacts)
        self._words = tuple(
            "\n".join((one.name, one.initials, one.unit, one.note, _bare(one.number))).lower() for one in self.contacts
        )
        self._names = tuple(one.name.lower() for one in self.contacts)

    def __len__(self) -> int:
        return len(self.contacts)

    def find(self, query: str, limit: int = FOUND_AT_MOST) -> tuple[Contact, ...]:
        """Those that hold every word of `query`, names that begin with it first; "" = all, as far as `limit` goes."""
        wanted = [_bare(word) if _is_number(word) else word for word in query.lower().split()]
        if not wanted:
            return self.contacts[:limit]
        first, rest = wanted[0], wanted[1:]
        found = [place for place, words in enumerate(self._words) if first in words and all(word in words for word in rest)]
        found.sort(key=lambda place: (self._rank(place, first), place))
        return tuple(self.contacts[place] for place in found[:limit])

    def _rank(self, place: int, word: str) -> int:
        contact = self.contacts[place]
        if self._names[place].startswith(word) or contact.initials.startswith(word) or _bare(contact.number) == word:
            return 0
        return 1 if word in self._names[place] or word in contact.initials else 2


def _is_number(word: str) -> bool:
    return any(sign.isdigit() for sign in word) and all(sign.isdigit() or sign in "+-()" for sign in word)


def _bare(number: str) -> str:
    return "".join(sign for sign in number if sign not in " -()")
