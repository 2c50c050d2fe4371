"""What the probe says, title by title and finding by finding."""

from core.messages import register

register(
    {
        "probe_site": ("Vào được máy chủ họp bằng thẻ của hệ thống", "The site takes our tokens"),
        "probe_no_token": ("Không có thẻ thì không vào được", "No token, no entry"),
        "probe_forged_token": ("Thẻ ký bằng khóa khác bị từ chối", "A token of another key is refused"),
        "probe_seats": ("Đủ số kết nối của cuộc họp vào được phòng", "Every seat can be taken"),
        "probe_other_room": ("Thẻ của phòng khác không vào được phòng này", "A token opens its own room only"),
        "probe_cap": ("Kết nối vượt số chỗ bị từ chối", "One connection more is refused"),
        "probe_return": ("Điểm cầu đứt mạng vào lại được ngay phòng đã đủ chỗ", "A cut line returns to a full room"),
        "probe_one_seat": ("Một điểm cầu mở hai trình duyệt chỉ chiếm một chỗ", "Two browsers, one seat"),
        "probe_recorder": ("Máy ghi không chiếm chỗ", "The recorder takes no seat"),
        "probe_conference_request": ("/conference-request/v1 không trả lời", "/conference-request/v1 does not answer"),
        "probe_room_size": ("Số người trong phòng không công khai", "The size of rooms is not public"),
        "probe_room_census": ("Danh sách phòng không công khai", "The list of rooms is not public"),
        "probe_end_meeting": (
            "Thẻ của người dự họp không kết thúc được cuộc họp",
            "A participant's token cannot end a meeting",
        ),
        "probe_site_unreachable": (
            "Không vào được: {reason}. Kiểm tra tên miền, app_id, app_secret và đồng hồ của hai máy.",
            "No entry: {reason}. Check domain, app_id, app_secret and the clocks of both machines.",
        ),
        "probe_refused_with": ("bị từ chối: {reason}", "refused: {reason}"),
        "probe_no_token_let_in": (
            'Vào được mà không cần thẻ. Đặt authentication = "token" và allow_empty_token = false.',
            'Let in without a token. Set authentication = "token" and allow_empty_token = false.',
        ),
        "probe_forged_let_in": (
            "Thẻ ký bằng khóa lạ vẫn vào được. Máy chủ không kiểm tra chữ ký: xem app_secret, asap_key_server.",
            "A token of a strange key was let in: see app_secret, asap_key_server.",
        ),
        "probe_seats_filled": ("{seats} kết nối đã vào phòng", "{seats} connections are in"),
        "probe_seats_short": (
            "Chỉ {seated}/{seats} kết nối vào được; sau đó bị từ chối: {reason}. Kiểm tra số chỗ của cuộc họp, đặt chỗ "
            "(reservations) và muc_access_whitelist có focus hay chưa.",
            "Only {seated} of {seats} got in, then: {reason}. Check the seats of the meeting, reservations, and "
            "whether muc_access_whitelist has focus.",
        ),
        "probe_other_room_let_in": (
            "Thẻ của phòng khác vẫn vào được. Nạp token_verification trên thành phần phòng họp.",
            "A token of another room was let in. Load token_verification on the conference component.",
        ),
        "probe_cap_held": ("kết nối thứ {number} bị từ chối vì đủ chỗ", "connection {number} is refused as full"),
        "probe_cap_not_held": (
            "Kết nối thứ {number} vẫn vào được. Ba thiết lập phải khớp: nạp muc_max_occupants, muc_max_occupants > 0, "
            "reservations_enable_max_occupants = true.",
            "Connection {number} got in. Three settings must agree: muc_max_occupants loaded, muc_max_occupants > 0, "
            "reservations_enable_max_occupants = true.",
        ),
        "probe_cap_other_refusal": (
            "Kết nối thứ {number} bị từ chối, nhưng không phải vì đủ chỗ: {reason}.",
            "Connection {number} is refused, but not as full: {reason}.",
        ),
        "probe_return_held": ("vào lại ngay và chỉ được tính một lần", "back at once and counted once"),
        "probe_return_refused": (
            "Không vào lại được: {reason}. Nạp muc_one_seat trên thành phần phòng họp.",
            "Not let back in: {reason}. Load muc_one_seat on the conference component.",
        ),
        "probe_return_opened_seat": (
            "Sau đó một kết nối lạ cũng vào được: số chỗ không được giữ.",
            "After that a stranger got in too: the cap does not hold.",
        ),
        "probe_one_seat_replaces": ("kết nối mới thay kết nối cũ", "the new connection replaces the old"),
        "probe_one_seat_refuses": ("kết nối thứ hai bị từ chối: {text}", "the second is refused: {text}"),
        "probe_one_seat_counted_twice": (
            "Điểm cầu bị tính hai chỗ. Nạp muc_one_seat trên thành phần phòng họp.",
            "The endpoint is counted twice. Load muc_one_seat on the conference component.",
        ),
        "probe_recorder_held": ("vào được phòng đã đủ chỗ", "enters the full room"),
        "probe_recorder_refused": (
            "Máy ghi không vào được: {reason}. Ghi tên miền máy ghi vào muc_access_whitelist và "
            "token_verification_allowlist.",
            "The recorder is refused: {reason}. Put its domain into muc_access_whitelist and "
            "token_verification_allowlist.",
        ),
        "probe_recorder_not_given": (
            "chưa cho tài khoản máy ghi (--recorder-user, DIEMCAU_JITSI_RECORDER_PASSWORD)",
            "no recorder's account given (--recorder-user, DIEMCAU_JITSI_RECORDER_PASSWORD)",
        ),
        "probe_room_not_filled": ("phòng chưa đủ người để thử", "the room could not be filled"),
        "probe_no_answer": ("{address} không trả lời", "{address} does not answer"),
        "probe_path_shut": ("không có câu trả lời nào ở đó (mã {status})", "nothing answers there (status {status})"),
        "probe_route_left": (
            "phía sau không còn gì trả lời (mã {status}), nhưng nên gỡ cả đường dẫn trong nginx",
            "nothing is behind it any more (status {status}); remove the route from nginx as well",
        ),
        "probe_conference_request_open": (
            "Đường dẫn này trả lời (mã {status}): ai cũng mở được phòng không qua đặt chỗ. Gỡ khỏi nginx và đặt "
            "jicofo.rest.conference-request.enabled = false.",
            "It answers (status {status}): anybody can make rooms past the reservation. Remove it from nginx and set "
            "jicofo.rest.conference-request.enabled = false.",
        ),
        "probe_path_public": (
            "{path} trả lời cho mọi người. Chỉ cho phép từ máy của hệ thống.",
            "{path} answers to everybody. Allow it from our machine only.",
        ),
        "probe_end_meeting_refused": ("bị từ chối (mã {status})", "refused (status {status})"),
        "probe_end_meeting_hidden": (
            "từ ngoài không gọi được (mã {status}); chạy thêm trên máy chủ họp với --prosody-url để thử bên trong",
            "cannot be called from outside (status {status}); run on the server with --prosody-url to ask inside",
        ),
        "probe_end_meeting_open": (
            "{address} đã kết thúc phòng bằng thẻ của người dự họp. Gỡ muc_end_meeting, hoặc dùng RS256 với hai địa "
            "chỉ khóa khác nhau.",
            "{address} ended the room with a participant's token. Unload muc_end_meeting, or use RS256 with two "
            "different key addresses.",
        ),
    }
)
