"""`worker` and `jobs`: run background work, and look at it."""

import signal
import threading
from typing import Annotated

import typer

from portal_app import wiring
from portal_app.core.actor import Actor
from portal_app.core.fitness import refusals
from portal_app.core.settings import settings
from portal_app.jobs import catalogue
from portal_app.jobs.worker import Worker
from portal_app.services import jobs
from portal_app.services.jobs import JobStatus

app = typer.Typer(no_args_is_help=True, help="Look after background jobs.")
SYSTEM = Actor.system("jobs")
_WAIT_SECONDS = 30.0


def worker(
    threads: Annotated[int, typer.Option(min=1, max=32, help="Jobs at the same time.")] = 4,
) -> None:
    """Run background jobs until stopped; start as many of these as you like, anywhere."""
    _prepare()
    running, stop = Worker(catalogue.JOBS, threads=threads), threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    running.start()
    typer.echo(f"Working with {threads} threads. Stop it with Ctrl+C: it finishes what it began.")
    stop.wait()
    running.shutdown(_WAIT_SECONDS)


@app.command("run-due")
def run_due() -> None:
    """Run everything that is due, then end."""
    _prepare()
    typer.echo(f"{Worker(catalogue.JOBS).run_due()} jobs were run.")


@app.command("list")
def list_jobs(
    status: Annotated[
        str,
        typer.Option(help="queued, overdue, running, done, dead or cancelled; all if left out."),
    ] = "",
) -> None:
    """Show how the background work stands, newest jobs first."""
    board = jobs.board(SYSTEM, status=status)
    counts = ", ".join(f"{board.counts[each]} {each.value}" for each in JobStatus)
    typer.echo(f"{counts}; {board.overdue} overdue")
    for schedule in board.schedules:
        pause = ", paused" if schedule.is_paused else ""
        typer.echo(
            f"  {schedule.name}: {schedule.cron} {schedule.zone}, last {schedule.last_slot}{pause}"
        )
    for job in board.rows:
        typer.echo(f"{job.id}  {job.status.value:9}  {job.name}  tries {job.attempts}  {job.fault}")


def _prepare() -> None:
    """Refuse settings under which letters would go nowhere; log as the portal does."""
    if reasons := refusals(settings()):
        typer.echo("No jobs are run:\n- " + "\n- ".join(reasons), err=True)
        raise typer.Exit(1)
    wiring.configure_logs()
