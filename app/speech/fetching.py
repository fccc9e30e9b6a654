"""Bringing one file from a web address: with progress, resumed where it broke off, never more than was announced."""

from collections.abc import Callable
from pathlib import Path

import httpx

CONNECT_S = 4.0
READ_S = 30.0
_TRIES = 3

Advance = Callable[[int], None]
"""Told the number of bytes that are there so far."""


class FetchFailed(Exception):
    """The file could not be brought; str() is the reason in a few words. What came stays for the next try."""


def fetch(address: str, target: Path, size: int, advance: Advance = lambda _: None) -> None:
    """Brings `address` to `target`, going on after the bytes that are already there.

    A line that breaks is taken up again at once, some times; OSError of the disk is passed on.
    """
    reason = ""
    for _ in range(_TRIES):
        before = _length(target)
        if before > size:
            target.unlink()
            before = 0
        try:
            _fetch_rest(address, target, size, advance)
            return
        except httpx.HTTPStatusError as refused:
            raise FetchFailed(f"answered {refused.response.status_code}") from refused
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL) as dead:
            raise FetchFailed("cannot be reached") from dead
        except httpx.HTTPError as broken:
            reason = f"broke off ({type(broken).__name__})"
            if _length(target) <= before:
                break
    raise FetchFailed(reason)


def _length(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _fetch_rest(address: str, target: Path, size: int, advance: Advance) -> None:
    at = _length(target)
    if at == size:
        return
    headers = {"Range": f"bytes={at}-", "Accept-Encoding": "identity"} if at else {"Accept-Encoding": "identity"}
    timeout = httpx.Timeout(READ_S, connect=CONNECT_S)
    with httpx.stream("GET", address, headers=headers, timeout=timeout, follow_redirects=True) as answer:
        answer.raise_for_status()
        resumes = answer.status_code == httpx.codes.PARTIAL_CONTENT and _begins_at(answer, at)
        if at and not resumes:
            at = 0
        with target.open("ab" if resumes and at else "wb") as file:
            for chunk in answer.iter_raw():
                at += len(chunk)
                if at > size:
                    raise FetchFailed("is longer than the file should be")
                file.write(chunk)
                advance(at)
    if at < size:
        raise FetchFailed("is shorter than the file should be")


def _begins_at(answer: httpx.Response, at: int) -> bool:
    place: str = answer.headers.get("content-range", "")
    return place.startswith(f"bytes {at}-")
