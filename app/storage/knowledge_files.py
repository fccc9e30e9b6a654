"""Reading the knowledge points from resources/knowledge/*.toml."""

from pathlib import Path

from app.domain.knowledge import KnowledgePoint
from app.storage.toml_file import TomlFile

_KEYS = ("key", "title", "body", "unit", "source", "valid_from", "valid_until", "keywords")


def read_knowledge(folder: Path) -> tuple[KnowledgePoint, ...]:
    """All points of the folder's files in order; raises SettingsError, also where two points have one key."""
    points: dict[str, KnowledgePoint] = {}
    for path in sorted(folder.glob("*.toml")):
        file = TomlFile(path)
        file.top.allow("point")
        for table in file.tables("point"):
            table.allow(*_KEYS)
            key = table.text("key")
            if key in points:
                raise table.wrong("key", f"key = {key!r}", ("a key of its own",))
            points[key] = KnowledgePoint(
                key=key,
                title=table.text("title"),
                body=" ".join(table.text("body").split()),
                unit=table.text("unit", ""),
                source=table.text("source", ""),
                valid_from=table.date("valid_from"),
                valid_until=table.date("valid_until"),
                keywords=table.texts("keywords"),
            )
    return tuple(points.values())
