"""Words of a site that recognisers do not know: units, districts, streets, matters, knowledge titles, its own list."""

from collections.abc import Iterable

from app.domain.dispatch import DispatchCatalogue
from app.domain.knowledge import KnowledgePoint


def site_words(catalogue: DispatchCatalogue, points: Iterable[KnowledgePoint] = (), own: Iterable[str] = ()) -> tuple[str, ...]:
    """Each word once, the site's own first: where there are too many for an engine, the last are left out."""
    words = [*own, *catalogue.streets, *catalogue.streets.values()]
    for unit in catalogue.units:
        words += [*unit.areas, unit.name, *unit.matters]
    for point in points:
        words += [*point.keywords, point.title]
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))
