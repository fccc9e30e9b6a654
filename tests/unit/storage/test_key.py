"""The key: made once, kept in the keyring where there is one, never replaced."""

from pathlib import Path

import pytest
from keyring.errors import KeyringError

from app.errors import StoreWrongKey
from app.storage.key import KEY_BYTES, store_key


class Ring:
    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


class LockedRing(Ring):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringError("locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringError("locked")


def test_without_a_keyring_the_key_lies_in_a_file_of_the_user_only(tmp_path: Path) -> None:
    key = store_key(tmp_path, False, None)

    assert len(key) == KEY_BYTES
    assert store_key(tmp_path, True, None) == key
    assert (tmp_path / "store.key").stat().st_mode & 0o077 == 0


def test_with_a_keyring_the_file_does_not_hold_the_key(tmp_path: Path) -> None:
    ring = Ring()

    key = store_key(tmp_path, False, ring)

    assert key.hex() not in (tmp_path / "store.key").read_text()
    assert store_key(tmp_path, True, ring) == key


def test_a_keyring_that_keeps_nothing_is_not_trusted_with_the_key(tmp_path: Path) -> None:
    key = store_key(tmp_path, False, LockedRing())

    assert store_key(tmp_path, True, None) == key


@pytest.mark.expects_log("does not give the key")
def test_a_keyring_that_is_locked_later_is_a_wrong_key_and_changes_nothing(tmp_path: Path) -> None:
    ring = Ring()
    key = store_key(tmp_path, False, ring)

    with pytest.raises(StoreWrongKey):
        store_key(tmp_path, True, LockedRing())

    assert store_key(tmp_path, True, ring) == key


@pytest.mark.parametrize("text", ["", "raw:", "raw:zz", "raw:" + "ab" * 31, "keyring:gone"])
def test_a_damaged_key_file_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "store.key").write_text(text)

    with pytest.raises(StoreWrongKey):
        store_key(tmp_path, False, Ring())


def test_no_key_is_made_where_a_store_is(tmp_path: Path) -> None:
    with pytest.raises(StoreWrongKey):
        store_key(tmp_path, True, None)

    assert list(tmp_path.iterdir()) == []
