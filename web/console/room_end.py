"""What the console says of the room once the meeting is over. In: a board. Out: a sentence and its tone."""

from flask_babel import gettext as _

from orchestrator.jitsi.ending import RoomEnd
from orchestrator.live.board import Board
from orchestrator.live.wall import PlaceState
from orchestrator.meetings.doors import last_moment
from orchestrator.meetings.entrance import door_plan
from web.templating import clock


def room_end_words(board: Board) -> dict[str, str]:
    """What became of the room of a meeting that is over; nothing before."""
    if not board.is_over:
        return {"sentence": "", "tone": ""}
    end = board.room_end
    # The news of the end is on its way while somebody is still in.
    phase = RoomEnd.WAITING if end.phase is RoomEnd.NONE and board.count(PlaceState.IN_ROOM) else end.phase
    shuts_at = clock(last_moment(door_plan(board.meeting)))
    by_itself = _("Hãy đề nghị các điểm cầu rời phòng; phòng tự đóng lúc %(time)s.", time=shuts_at)
    sentence, color = {
        RoomEnd.NONE: (_("Phòng họp đã đóng."), ""),
        RoomEnd.WAITING: (_("Đang giải tán phòng họp…"), "warn"),
        RoomEnd.FAILING: (
            _("Chưa giải tán được phòng họp: %(reason)s. Hệ thống tự thử lại.", reason=end.reason),
            "bad",
        ),
        RoomEnd.ENDED: (_("Phòng họp đã giải tán, mọi kết nối đã ngắt."), "good"),
        RoomEnd.GONE: (_("Phòng họp đã đóng."), ""),
        RoomEnd.NO_ACCOUNT: (
            _("Hệ thống chưa được cấp tài khoản quản trị phòng họp nên không tự giải tán được."),
            "warn",
        ),
        RoomEnd.GIVEN_UP: (_("Không giải tán được phòng họp: %(reason)s.", reason=end.reason), "bad"),
    }[phase]
    needs_people = phase in (RoomEnd.FAILING, RoomEnd.NO_ACCOUNT)
    return {"sentence": f"{sentence} {by_itself}" if needs_people else sentence, "tone": color}
