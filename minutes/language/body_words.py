"""What names of bodies are made of: heads ("Bộ", "Trung tâm"), bodies called by a common noun, fields of state.

In: nothing. Out: whole phrases in the writing of the law.
"""

from minutes.language.scanning import phrases

HEADS = phrases(
    """
    Bộ | Ban | Ủy ban | UBND | HĐND | Hội đồng nhân dân | Ủy ban nhân dân | Văn phòng | Vụ | Cục | Tổng cục |
    Chi cục | Sở | Phòng | Trung tâm | Viện | Học viện | Trường | Đại học | Thanh tra | Tạp chí | Báo | Đài |
    Công an | Bộ Chỉ huy | Bộ Tư lệnh | Kho bạc | Ngân hàng | Tập đoàn | Tổng công ty | Công ty | Hội | Hiệp hội |
    Liên đoàn | Liên minh | Đoàn | Đảng ủy | Công đoàn | Tổ | Hội đồng | Quỹ | Tòa án | Viện kiểm sát |
    Bảo hiểm xã hội | Ủy ban Mặt trận Tổ quốc | Mặt trận Tổ quốc | Thông tấn xã | Huyện ủy | Tỉnh ủy | Thành ủy |
    Nhà xuất bản | Bệnh viện | Ban Quản lý | Thường trực | Tiểu ban | Chi nhánh | Cơ quan Thường trực |
    Cổng thông tin điện tử | Văn phòng Bộ | VPCP | EVN | Thuế | Hải quan | Đoàn Thanh niên | Điện lực | Ban Thư ký |
    Nhà máy | VP | Kiểm toán Nhà nước | Cơ quan | Khối | Chính phủ | Quốc hội | Thành phố | Tổng Thư ký | Khoa |
    Thư viện | Bảo tàng | Nhà hát | Trạm | Đội | Hạt | Xí nghiệp | Tòa soạn | Liên hiệp | Đảng bộ | Cảng vụ | Cảng |
    Công ty cổ phần | Công ty trách nhiệm hữu hạn | Công ty TNHH một thành viên | Tổng công ty cổ phần | Hợp tác xã |
    Doanh nghiệp tư nhân |
    Đại sứ quán | CDC | Tỉnh đoàn | Thành đoàn | Xã | Phường | Huyện | Quận | Tỉnh | Thị xã | Đặc khu | Ban Chỉ huy |
    Ban Chấp hành | Đoàn ĐBQH | Đoàn đại biểu Quốc hội | Quân khu | Quân đoàn | Quân chủng | Binh chủng | Binh đoàn |
    Lữ đoàn | Sư đoàn | Hội Liên hiệp | Liên danh | Tổng hội | Nhóm | Tổng đài | Nhà khách | Câu lạc bộ | Kho |
    Vườn quốc gia | Nhà đầu tư | Chủ đầu tư | Doanh nghiệp | Tổng Liên đoàn | Tổng liên đoàn | Viễn thông |
    Bưu điện | Huyện đoàn | Quận đoàn | Thị đoàn | Đoàn Thanh niên | Phân viện | Phân hiệu | Trung đoàn | Bộ đội |
    Khu Quản lý | Phòng giao dịch | Văn phòng đại diện |
    Cảnh sát | Biên phòng | Đồn Biên phòng | Đảng đoàn | Ban Cán sự đảng | Ban Thường vụ | Thường vụ | Hợp tác xã |
    Hội đồng quản trị | Hội đồng thành viên | Viettel | VNPT | PVN | TKV | ACV | VEC | Petrolimex | Thị trấn | Thôn |
    BHXH | Bộ môn | Ký túc xá | Agribank | Vietcombank | BIDV | VietinBank | Vietinbank | Ga | Trại giam |
    Trại tạm giam |
    Cơ sở cai nghiện | Cơ sở cai nghiện ma túy | Vùng Cảnh sát biển | Hải đoàn | Hải đội | Tổ dân phố |
    Tổng Lãnh sự quán | Nhà Văn hóa | Nhà thi đấu | Cơ quan đại diện | Cảng hàng không | Cảng hàng không quốc tế |
    Trung tâm Y tế | Bộ phận | Khu bảo tồn thiên nhiên | Khu bảo tồn biển | Khu bảo tồn | Khu dự trữ sinh quyển |
    Khu dự trữ thiên nhiên | Thi hành án dân sự | Chi bộ | Chi đoàn | Đảng ủy UBND | Lâm trường | Nhà thầu |
    Phân cục | Đội Quản lý |
    Trường Chính trị | Trưởng bản | Trưởng thôn | Trưởng ấp | Tổ trưởng | Ủy ban Kiểm tra | Ban Tổ chức |
    Ban Nội chính | Ban Tuyên giáo | Báo và Phát thanh, Truyền hình | Báo và Phát thanh, truyền hình
    """
)
#: Heads that are a name by themselves inside one house.
STANDING_ALONE = frozenset(
    [
        "văn phòng",
        "thanh tra",
        "tạp chí",
        "trung tâm",
        "công đoàn",
        "đảng ủy",
        "đoàn thanh niên",
        "ban chỉ đạo",
        "thường trực ban chỉ đạo",
        "văn phòng bộ",
        "vpcp",
        "evn",
        "ban tổ chức",
        "ban thư ký",
        "thường trực",
        "kiểm toán nhà nước",
        "ủy ban mặt trận tổ quốc",
        "mặt trận tổ quốc",
        "hội đồng nhân dân",
        "kho bạc nhà nước",
        "nhà đầu tư",
        "huyện đoàn",
        "quận đoàn",
        "tỉnh đoàn",
        "thành đoàn",
        "tỉnh ủy",
        "thành ủy",
        "huyện ủy",
        "viettel",
        "vnpt",
        "pvn",
        "tkv",
        "acv",
        "vec",
        "petrolimex",
        "ban cán sự đảng",
        "hội đồng quản trị",
        "hội đồng thành viên",
        "ký túc xá",
        "agribank",
        "vietcombank",
        "bidv",
        "vietinbank",
        "trại tạm giam",
        "trưởng thôn",
        "trưởng bản",
        "trưởng ấp",
    ]
)
#: Bodies called by a common noun, in small letters behind the first: the house has one of each.
COMMON_BODIES = phrases(
    """
    Hội đồng tuyển sinh | Hội đồng trường | Tổ tư vấn hỗ trợ doanh nghiệp | Tổ công nghệ số cộng đồng |
    Ban công tác Mặt trận | Ban lãnh đạo Tập đoàn | Ban lãnh đạo Tổng công ty | Ban lãnh đạo Công ty |
    Tập thể lãnh đạo Sở | Tập thể lãnh đạo Bộ | Tập thể lãnh đạo Cục | Tổ tư vấn | Tổ hỗ trợ doanh nghiệp |
    Tổ kiểm tra liên ngành | Tổ giúp việc | Tổ công tác | Tổ biên tập | Tổ thư ký | Tổ soạn thảo | Nhà trường |
    Ban soạn thảo | Ban giám đốc |
    Ban Soạn thảo | Ban biên tập | Ban quản lý dự án | Ban quản lý | Ban giám hiệu | Ban lãnh đạo | Ban giám khảo |
    Hội đồng thẩm định | Hội đồng nghiệm thu | Hội đồng thi đua - khen thưởng | Tổ chuyên gia | cơ quan thường trực |
    cơ quan chủ trì | cơ quan soạn thảo | đơn vị tư vấn | đơn vị thi công | nhà thầu thi công |
    Văn phòng điều phối nông thôn mới | Văn phòng Điều phối nông thôn mới tỉnh | liên danh nhà thầu | nhà thầu |
    đơn vị quản lý vận hành | đơn vị quản lý | đơn vị vận hành | cơ quan chức năng | lực lượng chức năng |
    đơn vị chủ trì | cơ quan liên quan | đơn vị liên quan | địa phương liên quan | Thanh tra giao thông |
    Thanh tra xây dựng | Thanh tra lao động | chủ hồ chứa | chủ hồ | chủ đập |
    chủ rừng | đơn vị đầu mối | tư vấn giám sát | chủ đầu tư | Thư ký cuộc họp | Thư ký |
    Báo và Phát thanh, Truyền hình tỉnh | Báo và Phát thanh, truyền hình tỉnh | Đài Phát thanh - Truyền hình tỉnh |
    Thống kê tỉnh | Thống kê thành phố | Thống kê Thành phố |
    Đài Phát thanh và Truyền hình tỉnh | Báo và Đài Phát thanh, Truyền hình tỉnh
    """
)
#: Fields of state whose names contain commas or "và" (public law: laws on organisation of government).
FIELDS = phrases(
    """
    Văn hóa, Thể thao và Du lịch | Kế hoạch và Đầu tư | Tài nguyên và Môi trường |
    Nông nghiệp và Phát triển nông thôn | Nông nghiệp và Môi trường | Thông tin và Truyền thông |
    Giáo dục và Đào tạo | Khoa học và Công nghệ | Lao động - Thương binh và Xã hội | Lao động, Thương binh và Xã hội |
    Lao động Thương binh và Xã hội | Lao động thương binh và xã hội | Lao động - Thương binh và xã hội |
    lao động thương binh và xã hội |
    Thuế | Hải quan | Thống kê | Xây dựng Đảng | Dân tộc và Tôn giáo | Văn hóa và Thể thao | Quy hoạch - Kiến trúc |
    Quy hoạch và Kiến trúc |
    Kế hoạch - Tài chính | Tài chính - Kế hoạch | Tài chính | Nội vụ | Y tế | Công Thương | Xây dựng |
    Giao thông vận tải | Giao thông Vận tải | Tư pháp | Ngoại giao | Quốc phòng | Công an | Du lịch | Ngoại vụ |
    An toàn thực phẩm | Văn hóa - Thông tin | Văn hóa và Thông tin | Công chức, viên chức |
    Cán bộ, công chức, viên chức | Kinh tế, Hạ tầng và Đô thị | Văn hóa - Xã hội | Kinh tế |
    Văn hóa - Thông tin và Thể thao | Văn hóa, Thông tin và Thể thao | Văn hóa, Thông tin và Truyền thanh |
    Văn hóa, Thể thao và Truyền thanh | Văn hóa, Thể thao, Thông tin và Truyền thanh | Kinh tế và Hạ tầng, Đô thị |
    Văn hóa, Khoa học và Thông tin | Tài chính và Quản lý doanh nghiệp | Nông nghiệp, Môi trường |
    Kinh tế, Hạ tầng | Văn hóa, Xã hội | Kinh tế và Hạ tầng | Kinh tế - Hạ tầng
    """
)
