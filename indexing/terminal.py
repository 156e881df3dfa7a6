"""Build reports, checks of sources and generations in; what a person reads in a terminal out."""

from collections.abc import Sequence
from datetime import UTC, datetime

from rich.console import Console
from rich.filesize import decimal
from rich.table import Table
from rich.text import Text

from indexing.advice import advice
from indexing.build import BuildReport
from indexing.check import SourceCheck
from indexing.generation import Generation


def print_check(console: Console, check: SourceCheck, sheet: str) -> None:
    """Show how a source was understood, what is in it, and what would be refused.

    Args:
        console: where to.
        check: what was found.
        sheet: the path of the contact sheet; empty where there is none.
    """
    description = check.description
    console.print(Text(f"{description.kind}: {description.location}", style="bold"))
    if description.columns:
        table = Table("product", "from the source's column", box=None, pad_edge=False, header_style="dim")
        for field, column in description.columns:
            table.add_row(Text(field), Text(column))
        console.print(table)
    if description.unused:
        console.print(Text(f"Kept as attributes: {', '.join(description.unused)}"))
    for note in description.notes:
        console.print(Text(note))
    prices = ", ".join(f"{count:,} in {currency}" for currency, count in check.priced.items()) or "none"
    console.print(
        f"{check.read:,} rows: {check.products:,} products, {check.rejected:,} rejected. "
        f"{check.pictures:,} pictures, {check.missing_pictures:,} of them not there; "
        f"{check.without_picture:,} products name none. Prices: {prices}."
    )
    for reject in check.first_rejects:
        where = f"row {reject.row}" if reject.row else reject.product_id
        console.print(Text(f"  {where}: {reject.reason}", style="yellow"))
    if sheet:
        console.print(Text(f"The first pictures are in {sheet}"), soft_wrap=True)
    console.print("Nothing was changed: this was a dry run.")


def print_report(console: Console, report: BuildReport, generation: Generation) -> None:
    """Show what a build did, what its calibration measured, and the next step."""
    console.print(
        f"[bold green]{report.indexed:,} indexed[/], {report.unchanged:,} unchanged, {report.rejected:,} rejected, "
        f"{report.deleted:,} deleted, in {report.seconds:.1f} s. Generation {report.generation} is live.",
        highlight=False,
    )
    if report.rejected or report.picture_rejects:
        style = "yellow" if report.words_only else ""
        # softly wrapped: a path that is broken cannot be copied
        console.print(Text(f"{_refused(report)} in {report.rejects_file}", style=style), soft_wrap=True)
    for sentence in advice(generation.calibration):
        console.print(Text(sentence))
    search = f'looksee search "{report.example}", or ' if report.example else ""
    console.print(Text(f"Next: {search}looksee bot", style="dim"), soft_wrap=True)


def _refused(report: BuildReport) -> str:
    """What of a source could not be used, as the beginning of the sentence that says where the reasons are."""
    count, rows = report.picture_rejects, report.words_only
    if not count:
        return "Reasons are"
    refused = f"{count:,} {'picture' if count == 1 else 'pictures'} could not be used"
    if rows:
        they = "has no readable picture and is" if rows == 1 else "have no readable picture and are"
        refused = f"{refused}: {rows:,} of {report.read:,} rows {they} found by words only"
    return f"{refused}; reasons are"


def print_generations(console: Console, generations: Sequence[Generation], now: datetime) -> None:
    """Show all generations of a catalogue, oldest first, the live one marked."""
    if not generations:
        console.print("Nothing is indexed yet; looksee index SOURCE makes a catalogue searchable.", highlight=False)
        return
    table = Table("", box=None, header_style="dim")
    table.add_column("generation", overflow="fold", min_width=max(len(g.name) for g in generations))
    for name in ("products", "vectors", "size", "age"):
        table.add_column(name, justify="right")
    table.add_column("source", overflow="fold")
    for generation in generations:
        state = "live" if generation.is_live else "" if generation.is_complete else "unfinished"
        table.add_row(
            Text(state, style="bold green" if generation.is_live else "yellow"),
            Text(generation.name),
            f"{generation.products:,}",
            f"{generation.vectors:,}",
            decimal(generation.size_bytes),
            _age(generation, now),
            Text(generation.source),
        )
    console.print(table)


def _age(generation: Generation, now: datetime) -> str:
    created = datetime.fromisoformat(generation.created)
    seconds = (now - (created if created.tzinfo else created.replace(tzinfo=UTC))).total_seconds()
    for length, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= length:
            return f"{seconds / length:.0f} {unit}"
    return f"{max(seconds, 0):.0f} s"
