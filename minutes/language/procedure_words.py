"""Phrases that chairs say when they conclude, give work and set days; what doubtful text is put right by.

In: nothing. Out: whole phrases in lower case.
"""

from minutes.language.scanning import phrases

SPOKEN_PHRASES = phrases(
    """
    đồng ý lùi | lùi đến | lùi lại | lùi sang | được đồng ý | gia hạn đến |
    kết luận như sau | tôi kết luận | tôi xin kết luận | tôi giao | giao cho | giao nhiệm vụ | tôi thống nhất |
    tôi đồng ý | chủ trì | chủ trì phối hợp với | phối hợp với | phối hợp chặt chẽ với | cùng với | trước ngày |
    chậm nhất | chậm nhất ngày | chậm nhất là | trong tuần này | trong tuần tới | trong tháng | trong quý |
    trong ngày | hằng ngày | hàng ngày | hằng tuần | hàng tuần | hằng tháng | hàng tháng | hằng quý | định kỳ |
    hoàn thành trước | xong trước | báo cáo tôi | trình tôi | báo cáo về | gửi về | các đơn vị | các phòng |
    các đồng chí | văn phòng | trung tâm | trung tâm thông tin | tổ chức cán bộ | kế hoạch tài chính | báo cáo nhanh |
    đến ngày | đến hết | thứ hai | thứ ba | thứ tư | thứ năm | thứ sáu | thứ bảy | vào cuối tháng | cuối tháng |
    cuối tuần | cuộc họp | thông báo kết luận | công văn | kế hoạch | quyết định | công văn số | hoàn thiện | hồ sơ |
    thủ tục | thời hạn | hạn chót | đúng hạn | không được | tuyệt đối không | chịu trách nhiệm | bộ trưởng |
    thứ trưởng | giám đốc | chánh văn phòng | cục trưởng | vụ trưởng | lãnh đạo bộ | yêu cầu | đề nghị | phân công
    """
)
