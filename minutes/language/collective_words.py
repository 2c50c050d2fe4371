"""What phrases for many are made of: who stands before "các" ("Thủ trưởng các …"), how many, and the common nouns.

In: nothing. Out: whole phrases, for collectives.py alone.
"""

from minutes.language.scanning import phrases

PREFIXES = phrases(
    """
    Thủ trưởng | Lãnh đạo | Người đứng đầu | Chủ tịch UBND | Chủ tịch Ủy ban nhân dân | UBND | Ủy ban nhân dân |
    Ủy ban Mặt trận Tổ quốc | Giám đốc | Trưởng | Bí thư | Hội đồng nhân dân | HĐND | Cấp ủy | Bộ trưởng | Chủ tịch |
    Tập thể lãnh đạo | Tập thể | Công an | Thành viên | Đại diện lãnh đạo | Sở Nội vụ | Phòng | Sở |
    Cấp ủy, chính quyền | Đảng ủy | Hiệu trưởng | Cố vấn học tập | Thuế | Hải quan | Kho bạc Nhà nước |
    Chi cục trưởng | Vụ trưởng | Cục trưởng | Trưởng phòng | Hạt trưởng | Đội trưởng | Trạm trưởng |
    Điều dưỡng trưởng | Tổ trưởng | Viện trưởng | Chủ nhiệm | Chi hội trưởng |
    Ban thường vụ đảng ủy | Ban Thường vụ Đảng ủy | Ban Thường vụ |
    Kế toán trưởng | Ban nhân dân | Cục Thuế | Sở Y tế | Sở Giáo dục và Đào tạo | Sở Tài chính | Sở Xây dựng |
    Sở Tư pháp |
    Phòng Tài chính |
    Thống kê | Trưởng Thống kê | Trưởng Thuế | Trưởng Công an |
    Chủ | Ban Chỉ huy Quân sự | Trạm y tế | Trung tâm y tế | Đề nghị
    """
)
QUANTIFIERS = phrases(
    """
    các | mỗi | tất cả các | tất cả | toàn thể | mọi | từng | những | cả | toàn bộ
    """
)
NOUNS = phrases(
    """
    đơn vị | bộ | ngành | sở | ban | địa phương | cơ quan ngang bộ | cơ quan thuộc Chính phủ | cơ quan trung ương |
    cơ quan ở trung ương | đơn vị sự nghiệp | cơ quan | tỉnh | thành phố trực thuộc TW |
    thành phố trực thuộc Trung ương | thành phố trực thuộc trung ương | thành phố | huyện | thị xã | quận | xã |
    phường | thị trấn | đặc khu | phòng chuyên môn | phòng | vụ | cục | chi cục | trung tâm | thành viên | đồng chí |
    đồng chí thành viên | tổ chức chính trị - xã hội | tổ chức đoàn thể | tổ chức | đoàn thể | hội đoàn thể | hội |
    nhóm nghiên cứu | nhóm nghiên cứu mạnh | đơn vị đào tạo | quỹ | quỹ tín dụng nhân dân |
    chủ đầu tư hạ tầng | doanh nghiệp thứ cấp | đội sản xuất | đội |
    chi nhánh ngân hàng thương mại | chi nhánh ngân hàng | trạm kiểm lâm | bảo hiểm xã hội cơ sở | Phó Chi cục trưởng |
    Phó Cục trưởng | Phó Vụ trưởng | Phó Hiệu trưởng | Phó Tổng Giám đốc | Phó Trưởng ban | Phó Bí thư |
    Phó Viện trưởng |
    doanh nghiệp | cán bộ | công chức | viên chức | người lao động | chủ đầu tư | nhà thầu |
    nhà thầu thi công | đầu mối | điểm cầu |
    tập đoàn | tổng công ty | trường | bệnh viện | cơ sở | nhà trường | cấp | cấp ủy | ban ngành | bộ phận | nhóm |
    tổ | viện | ban quản lý | ban quản lý dự án | bí thư | giám đốc | đảng viên | sở ngành | trường học |
    hãng hàng không | cơ sở y tế | cơ sở giáo dục | cơ sở khám bệnh, chữa bệnh | khu công nghiệp | hợp tác xã |
    nhà mạng | nhà máy | nhà xuất bản | hệ thống chính trị | đại học | doanh nghiệp viễn thông | chủ hồ chứa |
    chủ hồ | đồn biên phòng | trường đại học |
    tổ chức, cá nhân | cấp, ngành | hãng | chủ rừng | chủ tàu | bộ ngành | đ/c | chi bộ | đảng bộ | chi đoàn |
    chi hội | chi, đảng bộ | Thứ trưởng | Phó Giám đốc | Phó Chủ tịch | Bộ trưởng | Thủ trưởng cơ quan ngang Bộ |
    Ủy viên | thôn | bản | khoa | trung tâm y tế | trạm y tế | trạm kiểm dịch | trạm thu phí | trạm bơm |
    trạm kiểm soát | học viện | ngân hàng thương mại | ngân hàng |
    tổ chức tín dụng | hiệp hội | hiệp hội ngành hàng | cơ quan báo chí | cơ quan truyền thông |
    cơ quan thông tấn, báo chí |
    lực lượng chức năng | lực lượng | Phó Chánh Văn phòng | ban quản lý khu công nghiệp | giảng viên | sinh viên |
    tổ công tác | tiểu ban | nhà đầu tư | đơn vị thi công | đơn vị tư vấn | công ty | cục thuế | chi nhánh |
    quận, huyện | Thủ trưởng | người dân | hộ dân | ban, ngành | cơ quan, ban, ngành | hội đồng |
    Thành viên Chính phủ | Thành viên | ban đảng | đảng ủy | tổ dân phố | tổ trưởng tổ dân phố | trưởng thôn |
    trưởng bản | trưởng ấp | trưởng khu phố | hộ kinh doanh | hộ nuôi | hồ chứa thủy điện | hồ chứa |
    thương nhân | thương nhân đầu mối |
    tập đoàn kinh tế | TP | bộ môn | Phó Thủ tướng Chính phủ | Phó Thủ tướng |
    khu dân cư | khu phố | ấp | khối phố | chủ hộ | hộ gia đình |
    chủ cơ sở | nhà xe | phòng ban |
    cơ sở kinh doanh | cơ sở sản xuất | nhà cung cấp | tổ hợp tác | trường mầm non | trường tiểu học |
    trường trung học phổ thông | trường phổ thông | đồng chí lãnh đạo | lãnh đạo | trưởng phòng | trưởng khoa |
    nhà khoa học | chuyên gia | tổ chức xã hội | tổ chức hội | lực lượng vũ trang | ban quản lý dự án chuyên ngành |
    ban chỉ đạo | ban chỉ huy | trung tâm dịch vụ | cơ sở đào tạo | cơ quan tố tụng | cơ quan tư pháp |
    chủ phương tiện | chủ công trình | chủ mỏ | chủ đập | đơn vị cấp nước | huyện, thành, thị |
    trường đại học, cao đẳng |
    trường cao đẳng | ban xây dựng Đảng | huyện ủy | thành ủy | thị ủy | huyện, thị, thành phố |
    tổ chức đảng | chỉ huy các cấp | cơ quan soạn thảo | doanh nghiệp cấp nước | công ty cấp nước |
    đơn vị quản lý | đơn vị vận hành | đơn vị chức năng |
    lực lượng công an | lực lượng quân đội | cấp chính quyền | chính quyền địa phương | cụm, khu công nghiệp |
    tàu thuyền | tàu cá | phương tiện | người điều khiển phương tiện | hội, đoàn thể |
    ban, sở, ngành |
    cảng vụ | cảng | xí nghiệp | lớp | lớp học | chợ | khoa, phòng |
    cơ quan truyền thông, báo chí |
    điện lực | thuế cơ sở | đội thuế | hạt kiểm lâm | trạm | đồn | kho | bưu cục | trường mầm non, tiểu học |
    trường mầm non, tiểu học, trung học cơ sở | trường tiểu học, trung học cơ sở |
    đài truyền thanh | vùng | chi cục vùng | chi cục khu vực | nông trường | công ty nông nghiệp
    """
)
