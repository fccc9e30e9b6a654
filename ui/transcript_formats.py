"""How the paragraphs and words of a transcript look: no meaning stands in a colour alone."""

from PySide6.QtGui import QFont, QFontMetrics, QTextBlockFormat, QTextCharFormat

from app.domain.transcript import Speaker
from ui.labels import speaker_text
from ui.theme import Theme

CORRECTED, REPAIRED, PLAYED = "✎", "≈", "▶"
"""Signs in the head of a paragraph: the agent's correction, a repair by the program, being played."""


class Formats:
    """Evidence is underlined; a repair is dashed; what the recogniser is unsure of is dotted, paler and thinner."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        small = theme.font("small")
        metrics = QFontMetrics(small)
        names = max(metrics.horizontalAdvance(speaker_text(speaker)) for speaker in Speaker)
        self.indent = metrics.horizontalAdvance(f"{PLAYED} 0:00:00 ") + names
        self.head = QTextCharFormat()
        self.head.setFont(small)
        self.head.setForeground(theme.colour("muted"))
        self.pointed_out = QTextCharFormat()
        self.pointed_out.setBackground(theme.colour("evidence_ground"))
        self.found = QTextCharFormat()
        self.found.setBackground(theme.colour("accent_soft"))
        self.found.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        self.found.setUnderlineColor(theme.colour("accent"))
        self.found_now = QTextCharFormat()
        self.found_now.setBackground(theme.colour("accent"))
        self.found_now.setForeground(theme.colour("on_accent"))
        self._made: dict[tuple[object, ...], QTextCharFormat] = {}
        self._paragraphs = {speaker: self._paragraph(speaker) for speaker in Speaker}

    def paragraph(self, speaker: Speaker) -> QTextBlockFormat:
        return QTextBlockFormat(self._paragraphs[speaker])

    def _paragraph(self, speaker: Speaker) -> QTextBlockFormat:
        made = QTextBlockFormat()
        made.setLeftMargin(self.indent)
        made.setTextIndent(-self.indent)
        made.setTabPositions([])
        made.setTopMargin(3)
        made.setBottomMargin(3)
        if speaker is Speaker.AGENT:
            made.setBackground(self._theme.colour("agent_ground"))
        return made

    def words(
        self, speaker: Speaker, is_final: bool, is_evidence: bool = False, is_repair: bool = False, is_doubtful: bool = False
    ) -> QTextCharFormat:
        key = (speaker, is_final, is_evidence, is_repair, is_doubtful)
        if key not in self._made:
            self._made[key] = self._words(*key)
        return self._made[key]

    def _words(
        self, speaker: Speaker, is_final: bool, is_evidence: bool, is_repair: bool, is_doubtful: bool
    ) -> QTextCharFormat:
        made = QTextCharFormat()
        font = self._theme.font("transcript")
        if is_doubtful:
            font.setWeight(QFont.Weight.Light)
        made.setFont(font)
        colour = self._theme.colour("agent" if speaker is Speaker.AGENT else "caller")
        made.setForeground(colour if is_final and not is_doubtful else self._theme.colour("muted"))
        style = QTextCharFormat.UnderlineStyle
        line = style.DashUnderline if is_repair else style.SingleUnderline if is_evidence else style.DotLine
        if is_evidence or is_repair or is_doubtful:
            token = "evidence" if is_evidence else "accent" if is_repair else "muted"
            made.setUnderlineColor(self._theme.colour(token))
            made.setFontUnderline(is_evidence)
            made.setUnderlineStyle(line)
        return made

    def no_words(self) -> QTextCharFormat:
        """Of a line that says that words are missing, or were taken out."""
        made = QTextCharFormat()
        font = self._theme.font("transcript")
        font.setItalic(True)
        made.setFont(font)
        made.setForeground(self._theme.colour("warning"))
        return made
