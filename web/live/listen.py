"""The live process: `python -m web.live.listen`, started and restarted by the supervisor.

Hears the streams of the conference on loopback until SIGTERM or SIGINT. Everything it knows is in rows and in the
journal below the data folder, so being killed costs the words of a second.
"""

import asyncio
import logging
import signal
import sys
from uuid import UUID

import click

from core.errors import Refusal
from core.logs.setup import configure
from core.runtime import Runtime
from core.settings import load_settings
from orchestrator.meetings.context import meeting_context
from transcription.engines import registry, viet_asr
from transcription.faults import StageFault
from transcription.live.activity import VoiceNetwork
from transcription.live.hearing import Ears, NoEars, StreamingEars
from transcription.live.journal import Journal
from transcription.live.listener import Listener
from transcription.live.receiver import Receiver
from transcription.live.refining import Refiner, Understood
from transcription.live.server import LiveServer
from transcription.live.writing import Writer
from transcription.pipeline.workbench import engine_settings
from transcription.speakers.from_meeting import vocabulary
from transcription.weights import ensure_weights
from web.composition import build_runtime

log = logging.getLogger(__name__)

LOOPBACK = "127.0.0.1"


def main() -> int:
    """Serve until told to stop."""
    settings = load_settings()
    configure(settings.log_format)
    runtime = build_runtime(settings)
    try:
        ensure_weights(runtime.settings.weights_directory)
        asyncio.run(serve(runtime))
    except StageFault as fault:
        log.error("an engine is not ready: %s", fault.kind)  # noqa: TRY400 (the sentence below says it all)
        click.echo(fault.sentence(), err=True)
        return 1
    except OSError as error:
        log.error("port %s: %s", runtime.settings.live_listens_on, error.strerror)  # noqa: TRY400
        return 1
    return 0


async def serve(runtime: Runtime) -> None:
    """Put the parts together and run them. Raises OSError where the port is taken, StageFault without engines."""
    loop = asyncio.get_running_loop()
    settings = engine_settings(runtime.settings)
    journal = Journal(runtime.settings.home / "live")
    # Whether such an engine is here is found out before the first word, not in the middle of the meeting.
    registry.choose(runtime.settings.recognizer, settings)
    writer = Writer(runtime.settings.recognizer, settings, lambda meeting_id: _terms(runtime, meeting_id))

    def understood(item: Understood) -> None:
        loop.call_soon_threadsafe(listener.on_understood, item)

    refiner = Refiner(writer, understood)
    hears_at_once = runtime.settings.recognizer == registry.AUTO or viet_asr.NAME in runtime.settings.recognizer
    kind = StreamingEars if hears_at_once and viet_asr.is_installed() else NoEars
    ears: Ears = kind(lambda *told: listener.on_words(*told))
    listener = Listener(ears, refiner, journal, VoiceNetwork().track)
    receiver = Receiver(runtime, listener, refiner, ears, journal)
    told_to_stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told_to_stop.set)
    refiner.start()
    async with await LiveServer(receiver, runtime.settings).listen(LOOPBACK, runtime.settings.live_listens_on):
        log.info("listening on port %s", runtime.settings.live_listens_on)
        running = asyncio.create_task(receiver.run())
        stopped = asyncio.create_task(told_to_stop.wait())
        await asyncio.wait({running, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            running.result()
        await receiver.stop()
        running.cancel()
        stopped.cancel()


def _terms(runtime: Runtime, meeting_id: UUID) -> tuple[str, ...]:
    """What may be said in this meeting, by its plan; asked for each utterance, since plans change."""
    try:
        with runtime.database.transaction() as session:
            return vocabulary(meeting_context(session, meeting_id)).terms
    except Refusal:
        return ()


if __name__ == "__main__":
    sys.exit(main())
