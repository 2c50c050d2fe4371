"""Sentences about the site's Jitsi for the operator: what happened and what to do next."""

from core.messages import register

register(
    {
        "jitsi_unavailable": (
            "{part} không trả lời ({reason}). Hãy kiểm tra máy chủ và đường mạng, rồi thử lại.",
            "{part} does not answer ({reason}). Check the server and the network, then try again.",
        ),
        "jitsi_answer_unreadable": (
            "{part} trả lời không đúng mẫu ({reason}). Hãy kiểm tra phiên bản và cấu hình của phần này.",
            "{part} answers in an unknown form ({reason}). Check its version and configuration.",
        ),
        "jitsi_not_configured": (
            "Chưa khai báo địa chỉ của {part}. Hãy đặt {setting} trong cấu hình.",
            "The address of {part} is not set. Set {setting}.",
        ),
        "part_not_named": (
            "Chưa khai báo địa chỉ của {part} nên không hỏi được tình trạng.",
            "The address of {part} is not set; its health is not known.",
        ),
        "part_well": ("{part} hoạt động bình thường.", "{part} is well."),
        "part_unwell": (
            "{part} báo đang có lỗi. Hãy xem nhật ký của phần này và khởi động lại nếu cần.",
            "{part} says that it is not well. Look into its log, and start it anew if needed.",
        ),
        "recorder_silent": (
            "{part} đã hơn hai phút không báo tình trạng. Hãy kiểm tra máy ghi trước giờ họp.",
            "{part} has not spoken for more than two minutes. Check the recorder before the meeting.",
        ),
        "danger_conference_request": (
            "Jicofo nhận lệnh mở phòng qua HTTP, ai gọi được cũng mở phòng không qua mức trần. Hãy đặt "
            "jicofo.rest.conference-request.enabled=false.",
            "Jicofo opens rooms over HTTP for whoever asks, past the cap. Set "
            "jicofo.rest.conference-request.enabled=false.",
        ),
        "danger_conference_request_public": (
            "Địa chỉ công khai trả lời /conference-request/v1: bất kỳ ai cũng mở được phòng không qua mức trần. Hãy bỏ "
            "đường dẫn này trong nginx.",
            "/conference-request/v1 answers at the public address: anybody opens rooms past the cap. Take the route "
            "out of nginx.",
        ),
        "danger_census_public": (
            "Danh sách phòng (/room-census) đọc được từ địa chỉ công khai. Hãy chặn cổng HTTP của Prosody từ bên "
            "ngoài.",
            "The list of rooms (/room-census) can be read at the public address. Close Prosody's HTTP to the outside.",
        ),
        "danger_census_missing": (
            "Prosody không có mô-đun muc_census nên hệ thống không thấy phòng ngoài kế hoạch. Hãy nạp muc_census và "
            "muc_size.",
            "Prosody has no muc_census: rooms outside the plan are not seen. Load muc_census and muc_size.",
        ),
        "danger_end_meeting_by_anybody": (
            "Prosody nạp muc_end_meeting trong khi dùng khóa HS256: mã vào phòng của bất kỳ ai cũng đóng được mọi cuộc "
            "họp. Hãy bỏ mô-đun này hoặc chuyển sang RS256 với hai địa chỉ khóa riêng.",
            "Prosody loads muc_end_meeting with HS256: any participant's token ends any meeting. Take the module out, "
            "or change to RS256 with two key addresses.",
        ),
        "recording_room_not_live": (
            "Phòng họp chưa có điểm cầu nào nên chưa ghi hình được: máy ghi vào trước thì phòng không giữ mức trần. "
            "Hãy chờ điểm cầu đầu tiên vào phòng rồi bấm lại.",
            "Nobody is in the room yet: a recorder that comes first makes a room without its cap. Wait for the first "
            "endpoint.",
        ),
        "recording_runs_already": (
            "Cuộc họp đang được ghi hình, không cần bắt đầu thêm lần nữa.",
            "The meeting is being recorded already.",
        ),
        "recording_not_running": (
            "Không có lượt ghi hình nào của bàn điều hành đang chạy. Nếu ghi hình được bật từ trong phòng họp, hãy tắt "
            "ở đó.",
            "No recording started here is running. One that was started in the room is stopped there.",
        ),
        "recorder_failed_start": (
            "Máy ghi không nhận lệnh bắt đầu ({reason}). Hãy bấm ghi hình lại.",
            "The recorder did not take the start ({reason}). Start the recording again.",
        ),
        "recorder_failed_gone": (
            "Máy ghi đã tự dừng ({reason}). Phần đã ghi vẫn được nhận về; hãy bấm ghi hình lại nếu cuộc họp còn tiếp.",
            "The recorder stopped by itself ({reason}). What it has is kept; start again if the meeting goes on.",
        ),
        "recorder_failed_room": (
            "Phòng họp đã đóng trước khi máy ghi vào được. Hãy bấm ghi hình lại khi phòng mở.",
            "The room was gone before the recorder came in. Start again when the room is open.",
        ),
        "alarm_unknown_room": (
            "Có phòng “{room}” đang mở mà không nằm trong kế hoạch. Hãy xác minh và đóng phòng nếu không phải của "
            "đơn vị.",
            "A room “{room}” is open that nobody planned. Find out whose it is, and end it if it is not yours.",
        ),
        "alarm_unknown_occupant": (
            "Có kết nối không thuộc điểm cầu nào của cuộc họp. Hãy xác minh và mời ra khỏi phòng nếu là người lạ.",
            "A connection belongs to no endpoint of the meeting. Find out who it is, and remove a stranger.",
        ),
        "alarm_room_without_reservation": (
            "Phòng họp mở mà không hỏi hệ thống (thường do máy ghi vào trước): mức trần và giờ kết thúc không có hiệu "
            "lực trong phòng này. Hãy đóng phòng để các điểm cầu vào lại.",
            "The room was made without asking us (often by a recorder that came first): no cap and no end bind it. End "
            "it and let the endpoints come back.",
        ),
        "alarm_left_without_joining": (
            "Nhận được tin một kết nối rời phòng mà không rõ lúc vào. Hãy đối chiếu với danh sách điểm danh.",
            "A connection left whose coming was never told. Compare with the roll call.",
        ),
        "alarm_over_cap": (
            "Trong phòng có {people} kết nối, vượt {seats} chỗ của cuộc họp. Hãy kiểm tra và mời bớt kết nối thừa.",
            "{people} connections are in the room, more than its {seats} seats. Remove the surplus.",
        ),
        "alarm_room_not_allowed": (
            "Phòng họp vẫn mở trong khi cuộc họp chưa mở, đã kết thúc hoặc đã hủy. Hãy đóng phòng.",
            "The room lives although the meeting is not open, over or cancelled. End the room.",
        ),
        "alarm_room_not_ended": (
            "Cuộc họp đã kết thúc nhưng phòng họp chưa đóng được: {reason}. Hãy đề nghị các điểm cầu rời phòng và kiểm "
            "tra máy chủ họp.",
            "The meeting is over, but its room could not be ended: {reason}. Ask the endpoints to leave, and look at "
            "the server.",
        ),
        "room_admin_no_account": (
            "hệ thống chưa được cấp tài khoản quản trị phòng họp",
            "the system has no administrator's account on the conference server",
        ),
        "alarm_presence_unsure": (
            "Máy chủ họp báo {people} kết nối, hệ thống ghi nhận {noted}, và không hỏi được tên từng kết nối. Hãy điểm "
            "danh bằng tay.",
            "The server counts {people} connections, {noted} are noted, names cannot be asked. Call the roll.",
        ),
        "alarm_reservation_refused": (
            "Máy chủ họp bị từ chối mở phòng: {message} Máy chủ họp nhớ lời từ chối này đến {until}; nếu sửa kế hoạch, "
            "hãy chờ đến lúc đó rồi mới vào lại phòng.",
            "The conference server was refused the room: {message} It remembers this until {until}: after correcting "
            "the plan, wait until then before entering again.",
        ),
        "alarm_recording_unmatched": (
            "Có bản ghi hình “{name}” không rõ thuộc cuộc họp nào; tệp vẫn nằm ở máy ghi. Hãy tải lên đúng cuộc họp.",
            "The recording “{name}” belongs to no known meeting; it stays with the recorder. Upload it to its meeting.",
        ),
        "alarm_recording_damaged": (
            "Bản ghi hình “{name}” không khớp mã SHA-256 mà máy ghi đã tính. Hãy sao lại từ máy ghi; bản gốc chưa bị "
            "xóa.",
            "The recording “{name}” differs from the recorder's SHA-256. Copy it again; the original was not deleted.",
        ),
    }
)
