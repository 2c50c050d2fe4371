"""Our service is killed in the middle of a live meeting: after its restart one poll makes presence right again."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from core.permissions import Actor
from core.runtime import Runtime, install
from orchestrator.jitsi.client import ProsodyClient
from orchestrator.jitsi.polling import poll
from tests.fakes.prosody import FakeProsody
from tests.fakes.service import ServiceProcess, site_of
from tests.orchestrator.conftest import Ministry
from tests.orchestrator.jitsi.live import build_live, carry, enter, open_stays, present, real_time, token_of, truth


@pytest.fixture
def process(runtime: Runtime) -> Iterator[ServiceProcess]:
    process = ServiceProcess(runtime.settings)
    process.start()
    yield process
    process.kill()


@pytest.mark.slow
def test_killed_and_restarted_during_a_live_meeting_presence_is_right_within_one_poll(
    runtime: Runtime,
    session: Session,
    process: ServiceProcess,
    operator: Actor,
    administrator: Actor,
    ministry: Ministry,
) -> None:
    runtime = real_time(runtime)
    install(runtime)
    live = build_live(session, operator, administrator, ministry, endpoints=6)
    # Prosody's clock starts five minutes back: what happens there before the kill is no news to the poll.
    with FakeProsody(site_of(runtime.settings, process.address), offset=-300) as prosody:
        first = [enter(runtime, prosody, live, place) for place in range(4)]
        assert all(outcome.joined for outcome in first)
        recorder = prosody.join(live.room, recorder=True)
        prosody.settle()
        assert present(runtime, live) == [-1, 0, 1, 2, 3]

        tokens = {place: token_of(runtime, live, place) for place in (1, 4, 5)}
        process.kill()
        prosody.offset += 120
        for outcome in (first[0], first[1], first[2]):
            assert outcome.occupant is not None
            prosody.leave(outcome.occupant)
        for place in (4, 5, 1):
            assert carry(prosody, live.room, tokens[place]).joined
        prosody.settle()
        assert len(prosody.events.dropped) == 6, "nobody was there to take them"
        assert present(runtime, live) == [-1, 0, 1, 2, 3], "and we still believe what was"

        process.start()
        prosody.offset += 60
        settings = runtime.settings.model_copy(update={"jitsi_prosody_url": prosody.address})
        poll(runtime.database, ProsodyClient(settings), runtime.clock)
        assert present(runtime, live) == truth(prosody, live) == [-1, 1, 3, 4, 5]
        assert [row.is_recorder for row in open_stays(runtime, live) if row.meeting_endpoint_id is None] == [True]

        # Later events find the assumed rows and put the told times in their place.
        prosody.offset = 0
        late = next(
            one for one in prosody.rooms()[0].occupants.values() if one.user.get("id") == str(live.place_ids[4])
        )
        prosody.leave(late)
        assert recorder.occupant is not None
        prosody.leave(recorder.occupant)
        prosody.settle()
        assert present(runtime, live) == truth(prosody, live) == [1, 3, 5]
        assert runtime.clock() - open_stays(runtime, live)[0].joined_at < timedelta(minutes=10)
