"""What offices are told to do: the verbs an act begins with.

In: nothing. Out: whole words in lower case, grouped by what they do. They end the name of a unit that no directory
knows, and tell an act from a remark. A verb missing here is added here and nowhere else.
"""

from minutes.language.scanning import phrases

#: Papers: written, brought up, sent, made public.
_PAPERS = phrases(
    """
    hợp thức hóa | đùn đẩy | né tránh | kết luận | hoàn trả | hoàn lại | khoanh nợ | ra quân | ban hành | báo cáo |
    biên soạn | biên tập | bổ sung | chỉnh sửa | chỉnh lý | công bố | công khai | công chiếu | cụ thể hóa | dự thảo |
    đăng ký | đăng tải | đăng | gửi | góp ý | giải trình | hoàn chỉnh | hoàn thiện | hoàn thành | hoàn tất |
    hướng dẫn | in | in ấn | kiến nghị | ký | ký ban hành | ký kết | ký số | lập | lấy ý kiến | niêm yết | nộp |
    phát hành | phê duyệt | phúc đáp | rà soát | sơ kết | soạn | soạn thảo | sửa đổi | số hóa | tham mưu | thẩm định |
    thẩm tra | thể chế hóa | thông báo | thông qua | thống kê | tiếp thu | tổng hợp | tổng kết | trả lời | trao đổi |
    trình | trình bày | viết | xây dựng | xin ý kiến | xin | đề xuất | đề nghị | đề ra | cho ý kiến | luật hóa |
    đính chính |
    thừa ủy quyền | thay mặt | gia hạn | bãi bỏ | thay thế | hợp nhất | hệ thống hóa | phổ biến | thuyết minh |
    nghiệm thu | thanh quyết toán | quyết toán | chốt | chuyển | chuyển giao | bàn giao | tiếp nhận | nhận |
    phân loại | cập nhật | lưu trữ | lưu | chỉnh trang | chuẩn hóa | ghi nhận | ghi | cho
    """
)
#: Looking into things.
_INQUIRING = phrases(
    """
    đánh giá | đối chiếu | đối soát | đo đạc | đo kiểm | đo | điều tra | giám sát | giám định | kiểm điểm | kiểm đếm |
    kiểm định | kiểm kê | kiểm soát | kiểm tra | kiểm toán | kiểm nghiệm | khảo sát | làm rõ | nghiên cứu | nắm |
    nắm bắt | nắm chắc | phân tích | phát hiện | quan trắc | quan tâm | rút kinh nghiệm | soát xét | tham khảo |
    thanh tra | theo dõi | thu thập | thử nghiệm | thí điểm | tìm hiểu | tính toán | tra soát | truy xuất | ước tính |
    dự báo | dự kiến | dự phòng | xác định | xác minh | xem xét | xét | xét duyệt | đôn đốc | nhắc nhở | lưu ý |
    đối thoại | lắng nghe | tiếp xúc | tham vấn | học tập | nhận diện | rà soát lại | so sánh
    """
)
#: Running things and people.
_RUNNING = phrases(
    """
    áp dụng | bảo đảm | đảm bảo | bảo quản | bảo trì | bảo dưỡng | bảo vệ | bám sát | bám nắm | biểu dương | bố trí |
    bồi dưỡng | cải cách | cải tạo | cải thiện | căn cứ | cân đối | cân nhắc | cấp | cấp phép | cấp phát |
    chấn chỉnh | chấm dứt | chấp hành | chỉ đạo | chia sẻ | chịu trách nhiệm | chú trọng | chú ý | chuẩn bị |
    chuyển đổi | chủ trì | củng cố | cung cấp | cung ứng | cử | cưỡng chế | di chuyển | di dời | duy trì | đàm phán |
    đào tạo | đáp ứng | đấu nối | đấu thầu | đấu tranh | đấu giá | đầu tư | đẩy lùi | đẩy mạnh | đẩy nhanh |
    điều chỉnh | điều động | điều hành | điều phối | điều tiết | điều | định hướng | đón | đồng hành | đổi mới | đưa |
    động viên | đơn giản hóa | gắn | giải ngân | giải phóng | giải quyết | giải tỏa | giữ | giữ ổn định | giữ gìn |
    giữ vững | hạn chế | hạch toán | họp | hỗ trợ | huy động | hủy | kéo dài | kết nối | kết hợp | khai thác |
    khai trương | khắc phục | khen thưởng | khoanh vùng | khôi phục | khởi công | khởi động | khánh thành |
    khuyến cáo | khuyến khích | kiên trì | kiện toàn | làm | làm đầu mối | làm tốt | làm việc | lãnh đạo | lắp đặt |
    cắt người | cắt cử | họp xác định | họp xét | họp bàn | tiếp quỹ | lắp | liên hệ | liên thông | loại bỏ |
    lồng ghép | lựa chọn | mở |
    mở rộng | mở cửa | mời | mua | mua sắm | nâng |
    nâng cao | nâng cấp | ngăn chặn | ngăn ngừa | nối | nhân rộng | nhắc | ổn định | ứng cứu | ứng dụng | ứng phó |
    ứng trực | phát động | phát huy | phát triển | phát sóng | phân bổ | phân cấp | phân công | phân luồng |
    phân định | phấn đấu | phong tỏa | phòng ngừa | phòng chống | phối hợp | phủ sóng | phục hồi | phục vụ |
    quán triệt | quản lý | quảng bá | quy hoạch | quy định | quyên góp | quyết định | sắp xếp | sẵn sàng | sàng lọc |
    sản xuất | sơ tán | sử dụng | sửa chữa | sửa | tạo | tạo điều kiện | tạo lập | tái cơ cấu | tái định cư | tăng |
    tăng cường | tăng tốc | tăng thời lượng | tập huấn | tập hợp | tập trung | tiết kiệm | tiết giảm | tiêm |
    tiêu thụ | tiêu hủy | tiếp công dân | tiếp cận | tiếp tục | tiến hành | tích hợp | tích cực | tinh giản |
    tổ chức | tham gia | tham dự | thanh lý | thanh toán | tháo gỡ | thay | thay đổi | thành lập | thi công |
    thiết kế | thiết lập | thí nghiệm | thông tuyến | thông xe | thu | thu dọn | thu gom | thu hồi | thu hút |
    thúc đẩy | thuê | thực hiện | thực hành | thực thi | thường trực | triển khai | triệt phá | trả | trang bị |
    tranh thủ | trích | trồng | trùng tu | trưng bày | truyền thông | truyền tải | trực | trực tiếp | trục vớt |
    tu bổ | tu sửa | tuân thủ | tuần tra | tuyên truyền | tuyển | tuyển chọn | tuyển dụng | ủng hộ | ưu tiên |
    vận chuyển | vận động | vận hành | vào cuộc | vệ sinh | vẽ | vinh danh | xác lập | xã hội hóa | xóa | xóa bỏ |
    xử lý | xử phạt | xúc tiến | xuất cấp | bình ổn | bình chọn | cách ly | cắm | cắt giảm | cắt | cấm | cảnh báo |
    cải tiến | chăm lo | chăm sóc | chặn | chi trả | chi viện | chống | chọn | công nhận | đóng | đóng góp |
    đóng cửa | đối phó | giảm | giảm thiểu | giảm nghèo | gia cố | giới thiệu | hiệp thương | hòa giải | huấn luyện |
    khử trùng | khống chế | lan tỏa | làm chủ | liên kết | luân chuyển | luân phiên | mô phỏng | nhập khẩu | nạo vét |
    nêu cao | nghiêm cấm | nuôi | nỗ lực | phân tán | quản trị | quyết liệt | rút ngắn | rút | san lấp | tái lập |
    tái tạo | tài trợ | tặng | thả | thắt chặt | thăm | thăm hỏi | thâm canh | thi đua | thuyết phục | tiếp sức |
    tìm | tìm kiếm | tôn tạo | tôn vinh | tư vấn | tự | tự đánh giá | tự kiểm tra | ưu đãi | ủy quyền | vay | xây |
    xếp hạng | xét tặng | xếp | yêu cầu | phụ trách | đại diện | đăng cai | dẫn dắt | diễn tập | dọn | dừng |
    tạm dừng | đề cao | đi đầu | đi kiểm tra | khơi thông | bán | xuống cơ sở | xuống địa bàn | xuống trực tiếp |
    thí điểm | chi trả tiền
    """
)
#: Further acts of offices, by field: law and papers, money and land, order and rescue, schools and health, machines.
_OF_FIELDS = phrases(
    """
    đền bù | truy thu | dạy bù | chấm thi | phá dỡ | kéo điện | bốc dỡ | quy tập | trao quà | trao tặng | treo cờ |
    trang trí | kẻ vạch | tước | niêm phong | dán tem | hiệu chỉnh | nội địa hóa | cổ phần hóa | thoái vốn |
    hạ lãi suất | xuất hóa đơn | kê khai | chấm công | bình xét | kêu gọi | cấp phát | cấp chữ ký số |
    chia sẻ dữ liệu | chia sẻ thông tin | cấp giấy phép | cấp giấy chứng nhận | giao chỉ tiêu | lên danh sách |
    dự trù | báo số lượng | phóng thoi | lên phương án | lên kế hoạch | lên kịch bản | thanh tra việc | dán thẻ |
    lấy mẫu | lồng ghép | vào cuộc |
    phát dọn | thương thảo | cập nhật kết quả | xin lỗi | liên lạc | phản ánh | trú ẩn | cắt tỉa | vào bờ |
    thông tin | nhắn tin | gọi |
    chủ động các phương án |
    vận dụng | khởi xướng | khởi tố | truy tố | xét xử | tổng kiểm tra | tổng rà soát | tổng kiểm kê | đình chỉ |
    kỷ luật | miễn nhiệm | bổ nhiệm | bố trí lại | sắp xếp lại | tinh gọn | sáp nhập | giải thể | hợp nhất |
    nội luật hóa | pháp điển | xác nhận | chứng nhận | cấp đổi | thẩm tra lại | phản biện | giải thích | làm rõ thêm |
    đối chất | thuyết trình | tham luận | hiệp đồng | ký cam kết | cam kết | đăng tin | đưa tin | phát hành lại |
    điều tiết | thu phí | thu nợ | thu ngân sách | chống thất thu | hoàn thuế | miễn giảm | giãn hoãn | giãn |
    khoanh | ứng trước | tạm ứng | thu nộp | nộp ngân sách | trích lập | cân đối lại | điều hòa | điều chuyển |
    định giá | xác định lại | thu xếp | cấp vốn | giao đất | cho thuê đất | thu hồi đất | đo vẽ | kiểm đếm lại |
    bồi thường | hỗ trợ tái định cư | chi trả tiền | bàn giao mặt bằng | giải phóng mặt bằng | cưỡng chế thu hồi |
    cứu hộ | cứu nạn | cứu trợ | cứu chữa | tìm kiếm cứu nạn | chốt chặn | phân luồng giao thông | tuần tra kiểm soát |
    truy quét | trấn áp | truy bắt | bắt giữ | bóc gỡ | triệt xóa | truy vết | dập dịch | khoanh vùng dập dịch |
    điều trị | khám | khám sàng lọc | tiêm chủng | tiêm phòng | phun | phun khử khuẩn | xét nghiệm | lấy mẫu | cấp cứu |
    giảng dạy | ôn tập | khảo thí | tuyển sinh | biên chế | luyện tập | tập luyện | hướng nghiệp | phụ đạo |
    gieo trồng | gieo cấy | thu hoạch | chăn nuôi | tái đàn | chống hạn | chống úng | tiêu úng | bơm | tích nước |
    xả lũ | vận hành thử | chạy thử | tích hợp dữ liệu | làm sạch | làm giàu | chuẩn hóa dữ liệu | đồng bộ | kết xuất |
    sao lưu | bảo mật | giám sát an toàn | phát hành thẻ | kích hoạt | cài đặt | nâng tải | đấu thầu lại |
    chỉ định thầu | lựa chọn nhà thầu | mời thầu | mở thầu | chấm thầu | ký hợp đồng | thanh lý hợp đồng |
    chấm dứt hợp đồng | đóng điện | cấp điện | cấp nước | thoát nước | thông luồng | nạo vét | san gạt | 
    thảm nhựa | rải thảm | hoàn trả mặt đường | hoàn nguyên | trám lấp | gia tải | xử lý nền | hợp long |
    xuất cấp gạo | bình ổn giá | niêm yết giá | kê khai giá | dự trữ | điều phối hàng hóa | thông quan | kiểm dịch |
    kết nạp | sinh hoạt | tự phê bình | quán triệt lại | học tập kinh nghiệm | nhân rộng mô hình | tuyên dương |
    tôn vinh | tri ân | đền ơn đáp nghĩa | thăm viếng | vận động quyên góp | quyên góp | kêu gọi | kêu gọi đầu tư |
    xúc tiến đầu tư | mời gọi | hoàn chỉnh lại | tính đúng | tính đủ | xác lập lại | tháo dỡ | di chuyển tài sản |
    quản lý chặt | quản lý chặt chẽ | siết chặt | giám sát chặt chẽ | kiểm soát chặt chẽ | chỉnh đốn | uốn nắn |
    khắc phục hậu quả | đáp ứng yêu cầu | hiện đại hóa | tự động hóa | điện tử hóa | cụ thể hoá | chuyển hóa |
    thống nhất với Bộ | thống nhất với Sở | thống nhất với UBND | thống nhất với Ủy ban | thống nhất với các |
    thống nhất phương án | thống nhất nội dung | thống nhất số liệu | thống nhất danh mục | thống nhất cách làm |
    đi làm | xuống ở | xuống tận | rà | rà lại | lo | gỡ | gỡ vướng | dồn | gom | dẹp | đắp | sắp lại |
    tính lại | soi lại | thay tôi | cầm trịch |
    ra thông báo | ra văn bản | ra công văn | ra quyết định | trung tu | đại tu | tiểu tu | biểu quyết |
    tiêm bù | tiêm vét |
    hình thành | biểu dương | khen thưởng | tuyên dương | khích lệ | tiên phong | đi đầu |
    phủ kín | lấp đầy | hoàn công | kiểm tra lại | đối chiếu lại | tổng hợp lại | phúc tra | thẩm vấn
    """
)

#: To have one of these is an act ("Sở Xây dựng có văn bản hướng dẫn"); having anything else tells which of many are
#: meant.
HAD_BY_ACT = (
    "ý kiến", "văn bản", "báo cáo", "giải pháp", "phương án", "kịch bản", "kế hoạch", "biện pháp",
)  # fmt: skip

#: Everything above, each once.
VERBS: tuple[str, ...] = tuple(
    dict.fromkeys((*_PAPERS, *(f"có {what}" for what in HAD_BY_ACT), *_INQUIRING, *_RUNNING, *_OF_FIELDS))
)

#: Words that begin names of units as often as acts ("Vụ Tổ chức cán bộ", "Cục Quản lý giá"): behind the capital letter
#: of a name they belong to it.
SINGLE: frozenset[str] = frozenset(verb for verb in VERBS if " " not in verb)
