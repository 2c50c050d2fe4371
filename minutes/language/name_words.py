"""Words that go on in the name of a unit in small letters: "Vụ Tổ chức cán bộ", "Cục Quản lý đăng ký kinh doanh".

In: nothing. Out: nouns of the fields of state, whole words in lower case. By Decree 30/2020, annex II, only the first
letter of each part of a name is a capital; what follows in small letters is a noun of this kind, never a verb of
assignment.
"""

from minutes.language.scanning import phrases

NAME_NOUNS = phrases(
    """
    cửa khẩu | cửa khẩu cảng | cửa khẩu quốc tế | khu công nghiệp | khu chế xuất | sân bay quốc tế |
    bảo trì | bảo trì công trình | bảo trì công trình giao thông | bảo trì đường bộ | bảo trì đường cao tốc |
    thiết bị | thiết bị y tế | trang thiết bị | công trình y tế | tiểu học | đại học | trung học cơ sở |
    trung học phổ thông | đổi mới sáng tạo | sáng tạo | bức xạ và hạt nhân |
    an toàn bức xạ và hạt nhân | thuốc bảo vệ thực vật | bảo vệ thực vật | khoa học và công nghệ | học sinh |
    ca múa nhạc | ca múa | dân gian | thi đấu | mua sắm tập trung | mua sắm tập trung thuốc | thuốc | tổng công ty |
    kế hoạch đầu tư | tài chính kế toán |
    kỹ thuật sản xuất | thi đua khen thưởng | chỉ huy | cán bộ quản lý | cán bộ quản lý giáo dục |
    bộ máy | biên chế | tổ chức bộ máy | cán sự | cấp thoát nước | dân dụng và công nghiệp | công tác | mặt trận |
    bầu cử | địa giới |
    tổng thể | bất động sản |
    nhà và thị trường bất động sản | đô thị và nông thôn | tín ngưỡng | phát thanh | di dân | tái định cư | nghĩa vụ |
    tối cao | nhân dân tối cao | bộ đội | tỉnh ủy | huyện ủy | thành ủy | thị ủy | quận ủy | đảng ủy | đảng bộ |
    đảng đoàn | các công trình | các dự án | các công trình giao thông | các công trình dân dụng và công nghiệp |
    các khu công nghiệp | các khu kinh tế | vốn nhà nước | vốn nhà nước tại doanh nghiệp | tại doanh nghiệp |
    cảnh sát | cảnh sát giao thông | cảnh sát hình sự | đầu tư công | đầu tư và xây dựng | đối tác công tư | nợ |
    nợ công | công nghệ cao | phát triển | nguồn vốn | hạt nhân | bức xạ | vũ trụ | không gian | tiêu dùng |
    cạnh tranh | giá đất | quỹ nhà | nhà ở xã hội | trái phép | chiến lược | nhân quyền | thi hành án |
    thi hành án dân sự | bổ trợ tư pháp | trợ giúp pháp lý | con nuôi | tiếp dân | một cửa | hồ sơ | phòng không |
    không quân | hải quân | tiếng dân tộc | dân tộc nội trú | nghỉ dưỡng | điều dưỡng | phục hồi chức năng | mắt |
    da liễu | tâm thần | lão khoa | nhi | sản | sản nhi | ung bướu | y dược cổ truyền | y học cổ truyền | phẫu thuật |
    huyết học | truyền nhiễm | đăng ký | đăng ký kinh doanh | đăng ký đất đai | đăng ký giao dịch | dịch | dịch bệnh |
    lụt bão | tham nhũng | tham nhũng, tiêu cực | tham nhũng, lãng phí, tiêu cực | ma túy | phòng | chữa cháy | cháy |
    cứu nạn | cứu hộ | an ninh | an toàn | bảo hiểm | bảo trợ | bệnh tật | bệnh | biên giới | biên phòng |
    biến đổi khí hậu | biển | bưu chính | cán bộ | chính phủ | chính quyền | chính quyền số | chính sách | chính trị |
    chất lượng | chăn nuôi | chuyên ngành | chuyển đổi số | chức | công an | công chức | công chứng | công dân |
    công đoàn | công nghệ | công nghệ thông tin | công nghiệp | công sản | công trình | công thương | công vụ | công |
    cơ sở | cơ giới | cơ sở dữ liệu | cư trú | dân chủ | dân cư | dân dụng | dân số | dân sự | dân tộc | dân vận |
    di sản | di sản văn hóa | di tích | dịch tễ | dịch vụ | dịch vụ công | dịch vụ việc làm | doanh nghiệp | du lịch |
    dự án | dự trữ | dữ liệu | dược | đa khoa | đảng | đảng viên | đào tạo | đất đai | đầu tư | đầu tư nước ngoài |
    đầu tư xây dựng | địa chính | địa phương | điện | điện ảnh | điện tử | đô thị | đối ngoại | đối ngoại nhân dân |
    đồng bào | động vật | đường bộ | đường sắt | đường thủy | đường thủy nội địa | gia đình | giá | giáo dục |
    giáo dục thường xuyên | giáo dục nghề nghiệp | giáo dục mầm non | giáo viên | giao thông | giao thông vận tải |
    giống | giống cây trồng | giữa kỳ | hải đảo | hải quan | hàng hải | hàng không | hàng không dân dụng |
    hành chính | hành chính công | hành chính nhà nước | hạ tầng | hạ tầng kỹ thuật | hạ tầng số | hóa chất |
    hoạt động | hộ tịch | hộ tịch, quốc tịch, chứng thực | hội nhập | hội nhập quốc tế | hợp tác | hợp tác quốc tế |
    hợp tác xã | kế hoạch | kế toán | khám bệnh | khám bệnh, chữa bệnh | khám chữa bệnh | khách hàng |
    khí tượng thủy văn | khiếu nại | khiếu nại, tố cáo | khoa học | khoáng sản | khu công nghiệp | khu kinh tế |
    khu vực | khuyến công | khuyến nông | kiểm lâm | kiểm ngư | kiểm sát | kinh doanh | kinh tế | kỷ luật | kỹ thuật |
    lao động | lao động ngoài nước | lâm nghiệp | lịch sử | liên ngành | liên ngành trung ương | luật | lưu trữ |
    lý luận | lý lịch tư pháp | lực lượng | mạng | mặt bằng | mẹ và trẻ em | miền núi | môi trường | mỹ thuật |
    năng lượng | ngân hàng | ngân sách | ngân sách nhà nước | nghề | nghề nghiệp | nghệ thuật | nghiệp vụ |
    nghiệp vụ y | người có công | người lao động | người nghèo | nguồn nhân lực | nhà | nhà nước | nhà ở | nhân dân |
    nhân đạo | nhân lực | nhân sự | nội bộ | nội chính | nội dung | nội địa | nội vụ | nông dân | nông nghiệp |
    nông sản | nông thôn | nông thôn mới | nước | nước ngoài | nước sạch | nước sạch và vệ sinh môi trường nông thôn |
    pháp chế | pháp luật | pháp lý | pháp y | phật giáo | phi chính phủ | phổ thông | phụ nữ | phương tiện | quân sự |
    quân nhân | quan hệ lao động | quốc gia | quốc gia khu vực | quốc phòng | quốc tế | quốc tịch | quy chuẩn |
    quy hoạch | quỹ đất | rừng | rừng đặc dụng | rừng phòng hộ | sản phẩm | sản xuất | sĩ quan | sinh học |
    sinh thái | sinh viên | số | sở hữu trí tuệ | sức khỏe | sự nghiệp | tác chiến | tài chính | tài nguyên |
    tài sản | tài sản công | tài vụ | tần số | tần số vô tuyến điện | tem | thanh niên | thanh thiếu niên | thảm họa |
    thể dục | thể thao | thể chế | thiên tai | thiếu nhi | thị trường | thị trường trong nước | thông tin |
    thông tin điện tử | thống kê | thủ tục hành chính | thuế | thú y | thủy điện | thủy lợi | thủy nông | thủy sản |
    thực phẩm | thực vật | thương mại | thương mại điện tử | tiền lương | tiền tệ | tiêu chuẩn | tín dụng | tội phạm |
    tôn giáo | tổng hợp | trật tự | trẻ em | trị sự | trị liệu | trí tuệ | trọng điểm | trong nước | trồng trọt |
    trung du | trung học | truyền hình | truyền thanh | truyền thông | trường học | tư pháp | tư tưởng | tuyên giáo |
    tương trợ | ứng dụng | vận tải | văn hóa | văn bản | văn nghệ | văn phòng | văn thư | vật liệu |
    vật liệu xây dựng | vật tư |
    vệ sinh | vi phạm | vị thành niên | việc làm | viên chức | viễn thông | vốn | vùng | vườn quốc gia | xã hội |
    xăng dầu | xây dựng | xây dựng cơ bản | xây dựng công trình | xe | xe cơ giới | xuất bản | xuất khẩu |
    xuất nhập cảnh | xuất nhập khẩu | y | y dược | y học | y tế | y tế dự phòng | y khoa | ý tưởng
    """
)
#: A name that reaches one of these in small letters is over, unless a capital or a number follows: "Công an tỉnh",
#: "Ban Dân tộc tỉnh", "Thanh tra thành phố".
CLOSING = frozenset(
    {"tỉnh", "huyện", "xã", "phường", "thị xã", "thành phố", "quận", "ngành", "trung ương", "đặc khu", "thị trấn",
     "bản", "thôn", "xã đảo", "huyện đảo",
     "cấp tỉnh", "cấp xã", "cấp huyện", "khu vực", "các cấp"}
)  # fmt: skip
#: Capitalised words behind which a name ends if no capital follows: "Đoàn Thanh niên Bộ", "Thanh tra Sở".
CLOSING_HEADS = frozenset(
    {"Bộ", "Sở", "Ban", "Cục", "Vụ", "Tỉnh", "Huyện", "Xã", "Phường", "Trường", "Viện", "Ngành", "Nam"}
)
