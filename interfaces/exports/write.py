"""One export from beginning to end: choose, render, put in place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from interfaces.exports import acled, folder, geojson, mentions, ndjson, plover, stix, ucdp
from interfaces.exports.atomic_write import write_files, write_folder
from interfaces.exports.form import Context, Form
from interfaces.exports.package import is_export
from model.errors import ConfigError
from warehouse.export import Exported, Scope, Withdrawal
from warehouse.reader import Reader, open_snapshot

FORMS = {
    form.name: form
    for form in (ndjson.FORM, geojson.FORM, acled.FORM, ucdp.FORM, mentions.FORM, plover.FORM, stix.FORM)
}


@dataclass(frozen=True, slots=True)
class ExportDone:
    """What was written: how many incidents, how many ids withdrawn, and up to which change."""

    n_incidents: int
    n_withdrawn: int
    last_change_id: int


@dataclass(slots=True)
class _Tally:
    """What a form took and what it left out, counted while it is written."""

    form: Form
    is_incremental: bool
    n_taken: int = 0
    left_out: list[Withdrawal] = field(default_factory=list)

    def taken(self, items: Iterator[Exported]) -> Iterator[Exported]:
        """Give what the form takes; after an earlier export, note what it would have to take back."""
        for item in items:
            i = item.incident
            if self.form.takes(item):
                self.n_taken += i.status != "merged"
                yield item
            elif self.is_incremental and i.status != "merged":  # merged ones are withdrawn by the warehouse already
                reason = "retracted" if i.status == "retracted" else "out_of_scope"
                self.left_out.append(Withdrawal(i.incident_id, reason))


def export_to(snapshot_path: Path, form: str, target: Path, scope: Scope) -> ExportDone:
    """Write the chosen incidents of a published snapshot to `target` in one of the forms.

    Args:
        snapshot_path: The published file, or the link to it.
        form: `csv`, `parquet` or a key of `FORMS`.
        target: A folder for csv and parquet, a file for the others; the latter get `<target>.withdrawn.csv` beside it.
        scope: Which incidents.

    Raises:
        ConfigError: `target` cannot be written to.
        TransientError: the disk is full or failing.
        WarehouseError: the snapshot is missing or of another schema.
    """
    target = target.absolute()
    if not target.name:
        raise ConfigError(f"{target} is the root of the disk", next_step="name a file or a folder in it")
    path = snapshot_path.resolve()  # the link may move on to a newer file while we read
    with open_snapshot(path) as reader:
        reader.choose(scope)
        about, withdrawals = reader.about(), reader.withdrawals(scope)
        kept_ids = {w.incident_id: w.kept_id for w in withdrawals if w.kept_id}
        context = Context(scope, about.last_change_id, about.known_at, kept_ids)
        if form in FORMS:
            return _file(reader, FORMS[form], target, withdrawals, context)
        return _folder(reader, path, form, target, withdrawals, context)


def _file(
    reader: Reader, form: Form, target: Path, withdrawals: tuple[Withdrawal, ...], context: Context
) -> ExportDone:
    tally = _Tally(form, context.scope.is_incremental)

    def withdrawn() -> Iterator[str]:
        # Asked for after the file itself was rendered, which finds those that the form leaves out.
        yield from folder.withdrawn_pieces([*withdrawals, *tally.left_out])

    beside = target.with_name(f"{target.name}.withdrawn.csv")
    write_files({target: form.render(tally.taken(reader.exported()), context), beside: withdrawn()})
    return ExportDone(tally.n_taken, len(withdrawals) + len(tally.left_out), context.last_change_id)


def _folder(
    reader: Reader, path: Path, form: str, target: Path, withdrawals: tuple[Withdrawal, ...], context: Context
) -> ExportDone:
    def fill(new: Path) -> None:
        if form == "csv":
            folder.fill_csv(new, reader, withdrawals, context)
        else:
            folder.fill_parquet(new, path, reader, withdrawals, context)

    write_folder(target, fill, is_export)
    n_merged = sum(1 for withdrawal in withdrawals if withdrawal.reason == "merged")
    return ExportDone(reader.n_chosen() - n_merged, len(withdrawals), context.last_change_id)
