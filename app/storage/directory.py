"""Reading the directory (通讯录): the dispatch catalogue's units, and the site's own file of names and numbers."""

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

from app.desk.events import DirectoryRead
from app.domain.call import clean_number
from app.domain.directory import Contact, ContactProblem
from app.domain.dispatch import DispatchCatalogue

COLUMNS = ("name", "number", "unit", "note")
LINES_AT_MOST = 50_000
NAME_LIMIT = 200

Initials = Callable[[str], str]


def directory_of(catalogue: DispatchCatalogue, file: str, sound_of: Callable[[str], tuple[str, ...]]) -> DirectoryRead:
    """The site's contacts before the catalogue's. A file that cannot be read is named among the problems."""

    def initials(name: str) -> str:
        return "".join(sound[:1] for sound in sound_of(name)).lower()

    contacts: list[Contact] = []
    problems: list[ContactProblem] = []
    if file:
        try:
            contacts, problems = read_directory(Path(file).expanduser(), initials)
        except OSError:
            problems = [ContactProblem(0, "file")]
    return DirectoryRead(without_doubles([*contacts, *catalogue_contacts(catalogue, initials)]), tuple(problems))


def catalogue_contacts(catalogue: DispatchCatalogue, initials: Initials) -> list[Contact]:
    """Units that say how they are reached."""
    return [
        Contact(unit.name, clean_number(unit.phone), "", ", ".join(unit.areas), initials(unit.name))
        for unit in catalogue.units
        if clean_number(unit.phone)
    ]


def read_directory(path: Path, initials: Initials) -> tuple[list[Contact], list[ContactProblem]]:
    """Contacts of a CSV file (UTF-8 or GB 18030, with or without a first line of column names: name, number, unit, note).

    A line that is wrong is left out and named; the rest is used. Raises OSError where the file cannot be read.
    """
    contacts: list[Contact] = []
    problems: list[ContactProblem] = []
    reader = csv.reader(_text(path.read_bytes()).splitlines())
    try:
        for row in reader:
            _take(row, reader.line_num, contacts, problems, initials)
            if reader.line_num >= LINES_AT_MOST:
                break
    except csv.Error:
        problems.append(ContactProblem(reader.line_num, "text"))
    return contacts, problems


def without_doubles(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    """The first of each name and number."""
    return tuple({(one.name, one.number): one for one in reversed(list(contacts))}.values())[::-1]


def _take(row: list[str], line: int, contacts: list[Contact], problems: list[ContactProblem], initials: Initials) -> None:
    cells = [cell.strip() for cell in row]
    if not any(cells) or cells[0].startswith("#") or (line == 1 and tuple(cells[:2]) in (COLUMNS[:2], ("姓名", "号码"))):
        return
    if not 2 <= len(cells) <= len(COLUMNS):
        problems.append(ContactProblem(line, "columns"))
        return
    name, number, unit, note = (*cells, "", "")[:4]
    if not name or len(name) > NAME_LIMIT:
        problems.append(ContactProblem(line, "name"))
    elif not _number(number):
        problems.append(ContactProblem(line, "number"))
    else:
        contacts.append(Contact(name, _number(number), unit[:NAME_LIMIT], note[:NAME_LIMIT], initials(name)))


def _number(text: str) -> str:
    """Telephone numbers, and extensions of two digits, as the exchange dials them."""
    bare = clean_number(text)
    return bare or (text if text.isascii() and text.isdigit() and len(text) == 2 else "")


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")  # as spreadsheets of the field save it
