"""Names of public bodies whose grammar would mislead, and fields that rooms of agencies are named after.

In: nothing. Out: whole phrases in the writing of the law (laws on organisation of the Government and of local
government; decrees on the functions of ministries; circulars on the rooms of provincial departments and hospitals).
A name stands here only where its words look like acts ("Vụ Các vấn đề chung về xây dựng pháp luật") or contain commas
and "và"; all others are read by body_names.py.
"""

from minutes.language.scanning import phrases

#: Whole names, read before the grammar.
WHOLE_NAMES = phrases(
    """
    Viện Nghiên cứu Chiến lược, Chính sách Công Thương | Viện Kinh tế xây dựng | Phòng Quản lý, bảo trì đường bộ |
    Phòng Quản lý xây dựng công trình đường bộ | Cục Cảnh sát phòng, chống tội phạm về môi trường |
    Cục Cảnh sát môi trường | Tổ bảo vệ an ninh, trật tự | Tổ Bảo vệ an ninh, trật tự |
    Vụ Khoa học công nghệ, môi trường và Vật liệu xây dựng |
    Vụ Quản lý, giám sát chính sách thuế, phí và lệ phí | Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam |
    Trung ương Đoàn Thanh niên Cộng sản Hồ Chí Minh | Trung ương Đoàn TNCS Hồ Chí Minh | Trung ương Đoàn |
    Trung ương Hội Liên hiệp Phụ nữ Việt Nam | Trung ương Hội Nông dân Việt Nam | Ủy ban Trung ương MTTQ Việt Nam |
    Trung ương Hội Cựu chiến binh Việt Nam | Cục Thông tin, Thống kê | Ban Tổ chức và Nhân sự |
    Ban Tổ chức - Nhân sự | Ban Tuyên giáo và Dân vận |
    Công ty Vận hành hệ thống điện và thị trường điện quốc gia | Trung tâm Điều độ hệ thống điện quốc gia |
    Công ty TNHH MTV Vận hành hệ thống điện và thị trường điện quốc gia | Tổng công ty Truyền tải điện quốc gia |
    Hội Liên hiệp Phụ nữ Thành phố | Ủy ban MTTQ Việt Nam Thành phố | Ủy ban MTTQ Việt Nam thành phố |
    Vụ Các vấn đề chung về xây dựng pháp luật | Vụ Pháp luật dân sự - kinh tế | Vụ Pháp luật hình sự - hành chính |
    Vụ Theo dõi công tác thi hành pháp luật | Cục Quản lý Khám, chữa bệnh | Cục Phòng vệ thương mại |
    Cục Bản quyền tác giả | Cục Du lịch Quốc gia Việt Nam | Viện Chiến lược và Khoa học pháp lý |
    Cục Văn hóa cơ sở, Gia đình và Thư viện | Cục Mỹ thuật, Nhiếp ảnh và Triển lãm |
    Cục Phát thanh, truyền hình và thông tin điện tử | Cục Xuất bản, In và Phát hành |
    Ban Quản lý bảo trì công trình giao thông | Trung tâm Kiểm định chất lượng công trình xây dựng |
    Công đoàn các khu công nghiệp | Công đoàn các khu kinh tế | Cục Bổ trợ tư pháp | Cục An toàn bức xạ và hạt nhân |
    Cục Tiền lương và Bảo hiểm xã hội |
    Cục Đổi mới sáng tạo, Chuyển đổi xanh và Khuyến công | Cục Giám định Nhà nước về chất lượng công trình xây dựng |
    Cục Chất lượng, Chế biến và Phát triển thị trường | Cục Trồng trọt và Bảo vệ thực vật |
    Chi cục Trồng trọt và Bảo vệ thực vật | Cục Quản lý Dược |
    Ủy ban Mặt trận Tổ quốc Việt Nam Thành phố | Ủy ban Mặt trận Tổ quốc Việt Nam thành phố |
    Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh | Ủy ban Mặt trận Tổ quốc Việt Nam xã |
    Ủy ban Mặt trận Tổ quốc Việt Nam phường | Ủy ban Mặt trận Tổ quốc Việt Nam |
    Cục Đăng ký quốc gia giao dịch bảo đảm và Bồi thường nhà nước |
    Cục Kiểm soát thủ tục hành chính | Cục Quản lý đấu thầu | Cục Quản lý giám sát bảo hiểm |
    Cục Quản lý, giám sát kế toán, kiểm toán | Cục Quản lý, giám sát bảo hiểm | Cục Giám sát quản lý về hải quan |
    Cục Kế hoạch, Tài chính | Cục Hợp tác quốc tế | Cục Công tác phía Nam | Cục Quản lý lao động ngoài nước |
    Cục Quản lý xây dựng công trình | Cục Quản lý đê điều và Phòng, chống thiên tai |
    Cục Phòng cháy, chữa cháy và cứu nạn, cứu hộ | Cục Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ |
    Phòng Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ | Cục Cảnh sát quản lý hành chính về trật tự xã hội |
    Phòng Cảnh sát quản lý hành chính về trật tự xã hội | Phòng Kiểm soát thủ tục hành chính |
    Ban Chỉ huy Phòng thủ dân sự | Ban Chỉ đạo Phòng thủ dân sự Quốc gia | Ban Chỉ đạo Phòng thủ dân sự |
    Ban Chỉ huy Phòng, chống thiên tai và Tìm kiếm cứu nạn | Văn phòng Điều phối nông thôn mới |
    Văn phòng Đăng ký đất đai | Chi nhánh Văn phòng Đăng ký đất đai | Trung tâm Phục vụ hành chính công |
    Trung tâm Xúc tiến đầu tư, thương mại và du lịch | Trung tâm Hỗ trợ doanh nghiệp nhỏ và vừa |
    Trung tâm Điều hành thông minh | Trung tâm Giám sát, điều hành thông minh | Trung tâm Dịch vụ đấu giá tài sản |
    Trung tâm Cung ứng dịch vụ công | Trung tâm Dịch vụ tổng hợp | Ban Tuyên giáo và Dân vận |
    Ban Tiếp công dân | Ban Thi đua - Khen thưởng | Ủy ban Quản lý vốn nhà nước tại doanh nghiệp |
    Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân | Văn phòng Đoàn ĐBQH và HĐND |
    Văn phòng HĐND và UBND | Văn phòng Hội đồng nhân dân và Ủy ban nhân dân | Văn phòng Quốc hội |
    Bộ Tổng Tham mưu | Tổng cục Chính trị | Bộ đội Biên phòng | Bộ Tư lệnh Bộ đội Biên phòng | Cảnh sát biển |
    Bộ Tư lệnh Cảnh sát biển | Cảnh sát giao thông | Trung ương Đoàn | Trung ương Đoàn TNCS Hồ Chí Minh |
    Đoàn TNCS Hồ Chí Minh | Đoàn Thanh niên Cộng sản Hồ Chí Minh | Hội Liên hiệp Phụ nữ | Hội Cựu chiến binh |
    Hội Chữ thập đỏ | Hội Nông dân | Đài Tiếng nói Việt Nam | Đài Truyền hình Việt Nam | Thông tấn xã Việt Nam |
    Ngân hàng Nhà nước | Ngân hàng Nhà nước Việt Nam | Ngân hàng Nhà nước chi nhánh |
    Trung tâm Thông tin - Thư viện | Phòng Quản lý, hỗ trợ doanh nghiệp | Quỹ tín dụng nhân dân |
    Phòng Tuyên truyền và Hỗ trợ người nộp thuế | Chi cục Quản lý chất lượng nông lâm sản và thủy sản |
    Chi cục Chất lượng, Chế biến và Phát triển thị trường | Chi cục An toàn vệ sinh thực phẩm |
    Trung tâm Quan trắc tài nguyên và môi trường | Trung tâm Quan trắc môi trường | Viện Quy hoạch xây dựng |
    Viện Sốt rét - Ký sinh trùng - Côn trùng | Tổng Công ty Đầu tư và kinh doanh vốn nhà nước |
    Tổng công ty Đầu tư và Kinh doanh vốn nhà nước | Công ty Quản lý và sửa chữa đường bộ |
    Ban Quản lý các Khu kinh tế và khu công nghiệp | Ban Quản lý các khu kinh tế và khu công nghiệp |
    Ban Quản lý các khu kinh tế, khu công nghiệp | Ban Quản lý Lăng Chủ tịch Hồ Chí Minh |
    Ban Quản lý Khu kinh tế Dung Quất và các khu công nghiệp | Ban Chính sách, chiến lược |
    Văn phòng Cơ quan Cảnh sát điều tra | Cơ quan Cảnh sát điều tra | Cơ quan An ninh điều tra |
    Cục Đo đạc, Bản đồ và Thông tin địa lý | Cục Kinh tế hợp tác và Phát triển nông thôn |
    Cục Quản lý thuế, phí và lệ phí | Cục Phát triển doanh nghiệp tư nhân và kinh tế tập thể | Vụ Kinh tế tổng hợp |
    Ban Quản lý dự án đầu tư xây dựng và Phát triển quỹ đất | Ban Quản lý dự án và Phát triển quỹ đất |
    Cục Kiểm tra văn bản và Tổ chức thi hành pháp luật |
    Liên hiệp các tổ chức hữu nghị | Liên hiệp các Tổ chức hữu nghị | Liên hiệp các Hội Khoa học và Kỹ thuật |
    Báo và Đài Phát thanh, Truyền hình | Báo và Phát thanh, Truyền hình | Báo và Phát thanh, truyền hình |
    Báo và Đài Phát thanh - Truyền hình | Đài Phát thanh - Truyền hình | Đài Phát thanh và Truyền hình |
    Tập đoàn Công nghiệp - Viễn thông Quân đội | Vụ Kinh tế - xã hội | Cục Các khu công nghiệp và khu chế xuất |
    Cục An ninh mạng và phòng, chống tội phạm sử dụng công nghệ cao | Liên minh Hợp tác xã Việt Nam |
    Phòng An ninh mạng và phòng, chống tội phạm sử dụng công nghệ cao | Liên minh Hợp tác xã |
    Hội đồng bồi thường, hỗ trợ, tái định cư | Hội đồng bồi thường, hỗ trợ và tái định cư |
    Hội đồng Bồi thường, hỗ trợ, tái định cư | Hội đồng Bồi thường, hỗ trợ và tái định cư |
    Ban Chỉ đạo Trung ương các Chương trình mục tiêu quốc gia | Ban Chỉ đạo các Chương trình mục tiêu quốc gia |
    Văn phòng đăng ký đất đai | Chi nhánh Văn phòng đăng ký đất đai | Thi hành án dân sự | Cục Thi hành án dân sự |
    Hội đồng Điều phối vùng Đồng bằng sông Hồng | Hội đồng Điều phối vùng Đồng bằng sông Cửu Long |
    Hội đồng Điều phối vùng Trung du và miền núi phía Bắc | Hội đồng Điều phối vùng Đông Nam Bộ |
    Hội đồng Điều phối vùng Bắc Trung Bộ và Duyên hải miền Trung | Hội đồng Điều phối vùng Tây Nguyên |
    Phòng Thương mại và Công nghiệp Việt Nam | Liên đoàn Thương mại và Công nghiệp Việt Nam |
    Ban Chỉ đạo Ứng phó với biến đổi khí hậu - Phòng chống thiên tai và Tìm kiếm cứu nạn |
    Văn phòng Ban Chỉ đạo Ứng phó với biến đổi khí hậu - Phòng chống thiên tai và Tìm kiếm cứu nạn |
    Ban Chỉ đạo Ứng phó với biến đổi khí hậu | Ban Chỉ đạo Ứng phó biến đổi khí hậu |
    Ban Chỉ đạo Ứng phó sự cố, thiên tai và Tìm kiếm cứu nạn | Ban Chỉ huy Ứng phó thiên tai và Tìm kiếm cứu nạn |
    Ủy ban Quốc gia Ứng phó sự cố, thiên tai và Tìm kiếm cứu nạn | Ủy ban Quốc gia Tìm kiếm cứu nạn |
    Trung tâm phối hợp Tìm kiếm cứu nạn Hàng hải | Trung tâm Phối hợp Tìm kiếm cứu nạn Hàng hải Việt Nam |
    Trung tâm phối hợp Tìm kiếm cứu nạn Hàng hải Việt Nam | Cục Công tác phía nam |
    Cục Giám định nhà nước về chất lượng công trình xây dựng
    """
)
#: Fields of rooms, wards of hospitals and units of schools: "Phòng Kế hoạch tổng hợp", "Khoa Hồi sức tích cực".
ROOM_FIELDS = phrases(
    """
    Kế hoạch tổng hợp | Kế hoạch - Tổng hợp | Kế hoạch, Tổng hợp | Kế hoạch, Tài chính | Tài chính, Kế hoạch |
    Kế hoạch và Tài chính | Tài chính - Kế toán | Tài chính kế toán | Tài chính, Kế toán | Tổ chức - Hành chính |
    Tổ chức, Hành chính | Tổ chức hành chính | Tổ chức cán bộ | Tổ chức, cán bộ | Hành chính - Tổng hợp |
    Hành chính tổng hợp | Hành chính - Quản trị | Hành chính quản trị | Hành chính, Quản trị | Quản trị - Tài vụ |
    Tổng hợp | Quản lý chất lượng | Vật tư - Thiết bị y tế | Vật tư, thiết bị y tế | Công tác xã hội |
    Chính trị, tư tưởng và Học sinh, sinh viên | Chính trị tư tưởng và Học sinh, sinh viên | Học sinh, sinh viên |
    Công tác học sinh, sinh viên | Giáo dục Mầm non - Tiểu học | Giáo dục Mầm non và Tiểu học |
    Giáo dục Trung học và Thường xuyên | Công tác sinh viên | Công tác chính trị |
    Công tác chính trị và sinh viên | Quản lý đào tạo | Khảo thí |
    Khảo thí và Đảm bảo chất lượng | Thanh tra - Pháp chế | Thanh tra, Pháp chế | Kiểm tra nội bộ |
    Hồi sức tích cực | Hồi sức tích cực - Chống độc | Hồi sức cấp cứu | Kiểm soát nhiễm khuẩn |
    Phẫu thuật - Gây mê hồi sức |
    Chẩn đoán hình ảnh | Xét nghiệm | Khám bệnh | Cấp cứu | Dinh dưỡng | Khoa học, Công nghệ |
    Khoa học, Công nghệ và Môi trường | Khoa học, Công nghệ và Đào tạo | Quản lý xây dựng | Quản lý hạ tầng |
    Quản lý nhà và thị trường bất động sản | Quản lý đất đai | Quản lý vận tải | Quản lý ngân sách | Quản lý đầu tư |
    Quản lý quy hoạch | Quản lý giá và Công sản | Đăng ký kinh doanh | Bảo vệ môi trường | Kỹ thuật - Vận hành |
    Nghiên cứu - Tổng hợp | Pháp chế và Kiểm tra | Kiểm tra, Pháp chế | Tuyên truyền - Phổ biến giáo dục pháp luật |
    Phổ biến, giáo dục pháp luật | Phổ biến và theo dõi thi hành pháp luật | Cải cách hành chính |
    Xây dựng chính quyền | Xây dựng chính quyền và Công tác thanh niên | Thi đua - Khen thưởng | Thi đua, khen thưởng |
    Tiếp dân - Giải quyết khiếu nại | Truyền thông - Giáo dục sức khỏe | Dịch vụ - Kỹ thuật | Tư liệu - Thư viện |
    Lao động, việc làm | Lao động, tiền lương | Lao động, việc làm và bảo hiểm xã hội | Việc làm, an toàn lao động |
    Chính sách, người có công | Tổ chức biên chế và Cải cách hành chính | Tổ chức, biên chế |
    Xây dựng, kiểm tra và thi hành pháp luật | Xây dựng và kiểm tra văn bản quy phạm pháp luật |
    Quản lý quy hoạch và xây dựng | Quản lý doanh nghiệp và lao động | Kiểm tra sau thông quan | Quản lý rủi ro |
    Thuế xuất nhập khẩu | Giám sát hải quan | Thanh tra, giám sát số 1 |
    Thanh tra, giám sát số 2 | Thanh tra, giám sát số 3 | Thanh tra, giám sát ngân hàng |
    Tiền tệ, Kho quỹ và Thanh toán | Kinh tế ngành | Kinh tế đối ngoại | Nội chính | Khoa giáo - Văn xã |
    Khoa giáo, Văn xã
    """
)
