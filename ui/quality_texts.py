"""The line's figures in words: what a score means, what is wrong, what helps."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.quality import BAD_MOS, LineQuality, Trouble

_GRADES = (
    (4.0, QT_TRANSLATE_NOOP("QualityTexts", "good")),
    (BAD_MOS, QT_TRANSLATE_NOOP("QualityTexts", "fair")),
    (2.6, QT_TRANSLATE_NOOP("QualityTexts", "bad")),
    (0.0, QT_TRANSLATE_NOOP("QualityTexts", "hardly to be understood")),
)
_TROUBLES = {
    Trouble.NONE: QT_TRANSLATE_NOOP("QualityTexts", "Both sides hear each other well."),
    Trouble.THEY_HEAR_BADLY: QT_TRANSLATE_NOOP(
        "QualityTexts",
        "The caller hears you badly: speak slower, in short sentences, and say numbers and addresses twice.",
    ),
    Trouble.WE_HEAR_BADLY: QT_TRANSLATE_NOOP(
        "QualityTexts",
        "You hear the caller badly: ask them to speak slower, and repeat numbers and addresses back.",
    ),
    Trouble.BOTH: QT_TRANSLATE_NOOP(
        "QualityTexts",
        "You and the caller hear each other badly: speak slower, repeat numbers and addresses, offer to ring back.",
    ),
}


def _words(source: object) -> str:
    return QCoreApplication.translate("QualityTexts", str(source))


def trouble_text(trouble: str) -> str:
    """What is wrong with the line and what helps."""
    return _words(_TROUBLES[Trouble(trouble)]) if trouble in list(Trouble) else trouble


def grade_text(mos: float) -> str:
    """A score in a word; "unknown" where nobody told."""
    if mos < 0:
        return _words(QT_TRANSLATE_NOOP("QualityTexts", "unknown"))
    return _words(next(word for least, word in _GRADES if mos >= least))


def bars_of(mos: float) -> int:
    """0…4 bars; 0 = unknown."""
    return 0 if mos < 0 else 1 + sum(mos >= least for least in (2.6, BAD_MOS, 4.0))


def score_text(mos: float) -> str:
    return f"{mos:.1f}" if mos >= 0 else "–"


def figures_text(look: LineQuality) -> str:
    """Every figure of one look, a line each."""
    lines = (
        (QT_TRANSLATE_NOOP("QualityTexts", "You hear: {0} ({1})"), score_text(look.mos_in), grade_text(look.mos_in)),
        (QT_TRANSLATE_NOOP("QualityTexts", "They hear: {0} ({1})"), score_text(look.mos_out), grade_text(look.mos_out)),
        (QT_TRANSLATE_NOOP("QualityTexts", "Loss in/out: {0} / {1}"), percent(look.loss_in), percent(look.loss_out)),
        (QT_TRANSLATE_NOOP("QualityTexts", "Jitter in/out: {0} / {1}"), ms(look.jitter_in_ms), ms(look.jitter_out_ms)),
        (QT_TRANSLATE_NOOP("QualityTexts", "Round trip: {0}, codec {1}"), ms(look.round_trip_ms), look.codec),
    )
    return "\n".join(_words(source).format(one, other) for source, one, other in lines)


def percent(figure: float) -> str:
    return f"{figure:.1f} %" if figure >= 0 else "–"


def ms(figure: float) -> str:
    return f"{figure:.0f} ms" if figure >= 0 else "–"
