"""The ticket being written: every field with the words it came from, and what still wants a confirmation."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.desk.case import FORM_ORDER
from app.desk.filling import Value
from app.desk.state import DeskState, Draft
from app.domain.ticket import NOTE_LIMIT, RequestKind, Ticket, TicketId, Urgency
from app.domain.transcript import Evidence
from ui.choice import Choice, Tick
from ui.elided_label import ElidedLabel
from ui.field_head import FieldHead, HeadCalls, Source, plain
from ui.form_layout import FieldShape, labels, lay_fields, order_focus
from ui.labels import field_text, kind_text, stage_text, urgency_text
from ui.text_fields import AreaField, LineField
from ui.theme import restyle

LINES = ("matter", "district", "street", "place", "happened", "requester", "contact", "hurt", "named_unit", "demand")
AREAS = {"content": 2, "verified": 2, "reply": 2}
_NARROW = frozenset({"district", "street", "requester", "hurt", "is_confidential"})
_NOTHING = Draft(Ticket(TicketId("")))


@dataclass(frozen=True, slots=True)
class FormCalls:
    """What the form asks of the desk, and the keys of it that stand on the form."""

    edit: Callable[[str, object], None]
    confirm: Callable[[str], None]
    take_offer: Callable[[str], None]
    show_words: Callable[[str], None]
    confirm_key: str = ""
    take_key: str = ""
    words_key: str = ""


class TicketForm(QWidget):
    """`field_entered` names the text field that got the focus."""

    field_entered = Signal(str)

    def __init__(self, calls: FormCalls, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._calls = calls
        self._shown: tuple[Draft, tuple[str, ...]] | None = None
        self.title = ElidedLabel(8)
        self.title.setProperty("role", "heading")
        self.texts: dict[str, LineField | AreaField] = {
            **{name: LineField(self._sender(name)) for name in LINES},
            **{name: AreaField(self._sender(name), lines) for name, lines in AREAS.items()},
        }
        self.texts["verified"].setProperty("role", "verified")
        self.texts["verified"].setPlaceholderText(self.tr("What, by whom, how"))
        kinds = {kind.value: kind_text(kind) for kind in RequestKind}
        urgencies = {urgency.value: urgency_text(urgency) for urgency in Urgency}
        self.kind = Choice(self.tr("Kind"), kinds, lambda value: calls.edit("kind", RequestKind(value)))
        self.urgency = Choice(self.tr("Urgency"), urgencies, lambda value: calls.edit("urgency", Urgency(value)))
        self.confidential = Tick(self.tr("Con&fidential"))
        self.confidential.setProperty("role", "slim")
        self.confidential.setToolTip(self.tr("The caller asks that name and number are kept from the unit"))
        self.confidential.clicked.connect(lambda checked: calls.edit("is_confidential", checked))
        everything: dict[str, QWidget] = {
            **self.texts, "kind": self.kind, "urgency": self.urgency, "is_confidential": self.confidential
        }  # fmt: skip
        self.fields = {name: everything[name] for name in FORM_ORDER if name in everything}
        self.heads = {name: self._head(name, label) for name, label in labels().items()}
        self._connect()
        self._lay_out()
        self._show_title(None, ())

    def show_state(self, state: DeskState) -> None:
        draft = state.draft or _NOTHING
        if self._shown is not None and self._shown[0] is draft and self._shown[1] == state.wanting:
            return
        before, self._shown = self._shown, (draft, state.wanting)
        is_new_ticket = before is not None and before[0].ticket.id != draft.ticket.id
        ticket = draft.ticket
        for name, field in self.texts.items():
            field.show_value(getattr(ticket, name), is_new_ticket)
        self.kind.show_value(ticket.kind.value if ticket.kind else "", "kind" in draft.unsure)
        self.urgency.show_value(ticket.urgency.value if state.draft else "", "urgency" in draft.unsure)
        if self.confidential.isChecked() != ticket.is_confidential:
            self.confidential.setChecked(ticket.is_confidential)
        for name in self.fields:
            self._show_source(name, _source(draft, name, state.wanting))
        self._show_title(state.draft, state.wanting)

    @property
    def focused_field(self) -> str:
        """The field that has the focus, "" where none of the form has."""
        has = QApplication.focusWidget()
        return next(
            (name for name, field in self.fields.items() if has is not None and (field is has or field.isAncestorOf(has))), ""
        )

    def confirm_next(self) -> None:
        """Confirms the unsure field under the cursor and goes to the next; from elsewhere goes to the first.

        One field at a time: a human looks at each.
        """
        here = self.focused_field
        if here in self._unsure:
            self._calls.confirm(here)
        self.enter_unsure()

    def enter_first(self, names: Sequence[str]) -> bool:
        """Puts the cursor into the first of these that is a field of the form; whether there is one."""
        first = next((name for name in names if name in self.fields), None)
        if first is not None:
            self.enter(first)
        return first is not None

    def enter_unsure(self) -> None:
        """Puts the cursor into the first field that wants a confirmation, where one does."""
        following = next((name for name in self.fields if name in self._unsure), None)
        if following is not None:
            self.enter(following)

    def take_offer(self) -> None:
        """Takes what was heard for the field under the cursor; from elsewhere goes to the first field with an offer."""
        offered = self._shown[0].offered if self._shown else {}
        here = self.focused_field
        if here in offered:
            self._calls.take_offer(here)
            return
        following = next((name for name in self.fields if name in offered), None)
        if following is not None:
            self.enter(following)

    def show_words(self) -> None:
        """Shows and plays the words that the field under the cursor came from."""
        if self.focused_field:
            self._calls.show_words(self.focused_field)

    def enter(self, name: str = "matter") -> None:
        """Puts the cursor into a field; a line is marked whole, so that what is typed takes its place."""
        field = self.fields.get(name)
        if field is not None:
            self._reveal(field)
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def evidence_of(self, name: str) -> tuple[Evidence, ...]:
        """The words the field came from; where others are offered, those."""
        if self._shown is None:
            return ()
        offer = self._shown[0].offered.get(name)
        return offer.evidence if offer is not None else self._shown[0].ticket.evidence.get(name, ())

    @property
    def _unsure(self) -> frozenset[str]:
        return self._shown[0].unsure if self._shown else frozenset()

    def _reveal(self, field: QWidget) -> None:
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        if parent is not None:
            parent.ensureWidgetVisible(field, 0, self.heads["kind"].height() + 4)

    def _show_source(self, name: str, source: Source) -> None:
        field = self.fields[name]
        restyle(field, "unsure", "true" if source.is_unsure else "false")
        restyle(field, "sure", "true" if source.is_sure else "false")
        self.heads[name].show_source(source)

    def _sender(self, name: str) -> Callable[[str], None]:
        return lambda value: self._calls.edit(name, value)

    def _head(self, name: str, label: str) -> FieldHead:
        calls = self._calls
        made = HeadCalls(
            partial(calls.confirm, name),
            partial(calls.take_offer, name),
            partial(calls.show_words, name),
            calls.confirm_key,
            calls.take_key,
            calls.words_key,
        )
        head = FieldHead(label, self.fields[name], made, name in _NARROW)
        if name == "is_confidential":
            head.label.hide()  # the tick has its own
            head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        return head

    def _connect(self) -> None:
        for name, field in self.texts.items():
            field.setAccessibleName(plain(self.heads[name].label.text()))
            field.entered.connect(partial(self.field_entered.emit, name))
            field.refused.connect(partial(self._refuse, name))
        for name, entry in self.fields.items():
            if isinstance(entry, LineField | Choice | Tick):
                entry.confirmed.connect(partial(self._confirm_if_unsure, name))

    def _confirm_if_unsure(self, name: str) -> None:
        if name in self._unsure:
            self.confirm_next()

    def _refuse(self, name: str) -> None:
        self.heads[name].complain(self.tr("Not taken: a field holds at most {0} characters").format(NOTE_LIMIT))

    def _show_title(self, draft: Draft | None, wanting: tuple[str, ...]) -> None:
        if draft is None:
            text = self.tr("Ticket: none is open. Type, or take a call.")
        elif draft.ticket.number:
            text = self.tr("Ticket {0} · {1}").format(draft.ticket.number, stage_text(draft.ticket.stage))
        else:
            text = self.tr("New ticket · {0}").format(stage_text(draft.ticket.stage))
        if draft is not None and draft.unsure:
            text = self.tr("{0} · {1} to confirm: {2}").format(text, len(draft.unsure), self._calls.confirm_key)
        if wanting:
            names = self.tr(", ").join(field_text(name) for name in wanting)
            text = self.tr("{0} · still empty: {1}").format(text, names)
        self.title.show_text(text)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.title, stretch=1)
        top.addWidget(self.heads["is_confidential"])
        top.addWidget(self.confidential)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        grid = QGridLayout()
        lay_fields(grid, {name: FieldShape(self.heads[name], field) for name, field in self.fields.items()})
        column.addLayout(grid, stretch=1)
        order_focus(list(self.fields.values()))


def _source(draft: Draft, name: str, wanting: tuple[str, ...]) -> Source:
    offer = draft.offered.get(name)
    return Source(
        draft.ticket.evidence.get(name, ()),
        name in draft.unsure,
        name in draft.own_fields,
        _value_text(offer.value) if offer is not None else "",
        name in wanting,
    )


def _value_text(value: Value) -> str:
    if isinstance(value, RequestKind):
        return kind_text(value)
    if isinstance(value, Urgency):
        return urgency_text(value)
    if isinstance(value, bool):
        yes, no = QCoreApplication.translate("TicketForm", "yes"), QCoreApplication.translate("TicketForm", "no")
        return yes if value else no
    return value or "–"
