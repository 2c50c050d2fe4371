"""The words of office that the grammar is built on.

One list per part that a word plays in an assignment (LANGUAGE §1.2, §1.5). Lists hold whole words in lower case; they
are data of the
language, so a word missing from one is added here and nowhere else.
"""

from minutes.language.scanning import phrases
from minutes.language.verbs import VERBS as VERBS

#: Verbs that give a task to somebody named right after them.
ASSIGNING = phrases(
    """
    giao nhiệm vụ cho | giao trách nhiệm cho | giao việc cho | giao cho | giao | phân công | yêu cầu | đề nghị |
    chỉ đạo | đề nghị với | nhờ | nhắc | lưu ý | ủy quyền cho | ủy quyền | nhắc nhở
    """
)
#: Of these, the ones a chair also uses without naming anybody: "Yêu cầu khẩn trương hoàn thành …".
ASSIGNING_WITHOUT_UNIT = ("yêu cầu", "đề nghị", "lưu ý")

#: Duty said of the subject: "Sở Nội vụ có trách nhiệm …".
DUTY = phrases(
    """
    có trách nhiệm | có nhiệm vụ | phải có trách nhiệm | được yêu cầu | được đề nghị | được phân công | phải |
    cần phải | cũng phải | cũng cần | cần | cần sớm | nên | được giao | sẽ | hãy | cố gắng
    """
)

#: How it is to be done; stands before the verb and stays in the action.
ADVERBS = phrases(
    """
    khẩn trương | gương mẫu | chủ động | tiếp tục | tập trung | sớm | kịp thời | nghiêm túc | tích cực | thường xuyên |
    nhanh chóng | trực tiếp | đồng thời | cùng | ngay | kiên quyết | quyết liệt | định kỳ | phối hợp chặt chẽ | tự |
    thực sự | tuyệt đối | hằng ngày | hàng ngày | hằng tuần | hàng tuần | hằng tháng | hàng tháng | hết sức
    """
)

#: Words after a subject that make the sentence a report, not a task.
REPORTING = phrases(
    """
    đã | đang | được | bị | vẫn | còn | chưa | là | có | cũng đã | vừa | mới | xin | không có | nhất trí |
    thống nhất với | cho biết | cho rằng | đều | đề nghị | kiến nghị | báo cáo thứ trưởng | luôn | từng | thì | mà |
    của | tại | ở | và | thuộc | về | bày tỏ | trân trọng | phê bình | nhấn mạnh | khẳng định | nhận định | chia sẻ |
    mong muốn | hoan nghênh | cho hay
    """
)

PROHIBITING = phrases(
    """
    không được phép | không được | nghiêm cấm | tuyệt đối không | cấm | không để xảy ra | không để | không tổ chức |
    không bố trí | không lùi | không sử dụng | không tụ tập | không uống | không ban hành | không chuyển |
    không mua | không làm |
    không thực hiện | không giải quyết | dừng mọi | không đơn vị nào được | không cơ quan nào được | không ai được |
    không cá nhân nào được | không để bất cứ | không địa phương nào được | kiên quyết không | không tiếp nhận |
    không phê duyệt | không xem xét | không chấp nhận | không cấp | không thanh toán | không giao
    """
)
RESPONSIBLE = ("chịu trách nhiệm", "phải chịu trách nhiệm", "chịu hoàn toàn trách nhiệm", "chịu trách nhiệm toàn diện")
COMMENDING = (
    "biểu dương",
    "đánh giá cao",
    "ghi nhận",
    "khen ngợi",
    "hoan nghênh",
    "tuyên dương",
    "cảm ơn",
    "trân trọng cảm ơn",
)
DECIDING = phrases(
    """
    cơ bản thống nhất | cơ bản đồng ý | cơ bản nhất trí | thống nhất chủ trương | thống nhất | đồng ý | nhất trí |
    chấp thuận | cho phép | thông qua | quyết định | chưa đồng ý | không đồng ý | phê duyệt | chưa xem xét |
    tạm dừng | giữ nguyên | cho chủ trương | thống nhất lựa chọn | lựa chọn phương án | chọn phương án |
    tạm thời chưa | chưa thống nhất | chưa chấp thuận | cơ bản tán thành | tán thành | nhất trí cao | hoàn toàn nhất trí
    """
)
#: Attitudes: with no deadline these are standing duties, not tracked tasks (QĐ 42/2014, 23/2018/QĐ-TTg).
STANDING = phrases(
    """
    giữ đúng | giữ nghiêm | tiếp tục giữ nghiêm | giữ thái độ | nghiêm chỉnh thực hiện | nghiêm chỉnh chấp hành |
    quán triệt | chấp hành | nâng cao | phát huy | giữ gìn | giữ vững | tuân thủ | thực hiện nghiêm | đoàn kết |
    luôn | nghiêm túc thực hiện | nghiêm túc chấp hành | triển khai nghiêm túc | thực hiện tốt | làm tốt | đề cao |
    nêu cao | thực hiện nghiêm túc | nghiêm túc triển khai | tiếp tục thực hiện nghiêm | tiếp tục thực hiện tốt |
    tiếp tục quán triệt | tiếp tục nâng cao | tiếp tục phát huy | tiếp tục làm tốt | tăng cường trách nhiệm |
    tăng cường lãnh đạo | thực hành tiết kiệm | tăng cường kỷ luật | nêu gương | gương mẫu | đi làm đúng giờ | chăm lo |
    tiếp tục chăm lo |
    siết chặt kỷ luật | siết chặt kỷ cương
    """
)
#: General conduct if many are told to: a standing duty of all, but a task of the one unit that is named.
STANDING_OF_MANY = phrases(
    """
    bám sát | thường xuyên | hạn chế | khuyến khích | tiếp tục thực hiện | bảo đảm | đảm bảo | chủ động triển khai |
    tăng cường công tác | chủ động giải quyết | thực hiện theo | tăng cường kiểm tra, giám sát việc chấp hành |
    tăng cường kiểm tra việc chấp hành
    """
)
#: Acts that leave something to be handed over: these make a directive even among standing words.
DELIVERING = phrases(
    """
    báo cáo | trình | gửi | xây dựng | ban hành | biên soạn | hoàn thành | hoàn thiện | tổng hợp | tham mưu | lập |
    đề xuất | rà soát | thẩm định | dự thảo | nộp
    """
)

#: Before the clause proper; read over.
CONNECTIVES = phrases(
    """
    đồng thời | ngoài ra | bên cạnh đó | trước mắt | trước hết | cùng với đó | theo đó | do đó | vì vậy | như vậy |
    trên cơ sở đó | theo tinh thần đó | riêng | bộ này | sở này | cục này | cơ quan này | đơn vị này | tỉnh này |
    ngành này | cũng phòng này | cũng sở này | cũng đơn vị này |
    cũng cục này | cũng vụ này | nhắc chung | nhắc thêm | cụ thể | tiếp theo | cuối cùng | sau đó | mặt khác |
    nhân đây |
    đặc biệt | từ nay | trong thời gian tới |
    thời gian tới | và | thì | vậy | thôi thì | rồi | được rồi | tiếp đến | tiếp nữa | nữa | còn
    """
)
#: Open an adverbial that ends at a comma or colon: "Về kinh phí, giao …", "Trên cơ sở …, Sở Nội vụ …".
ADVERBIAL_OPENERS = phrases(
    """
    đến hết | đến cuối | đến | kể từ |
    về việc | về | đối với | căn cứ | trên cơ sở | để | nhằm | theo | trong | qua | từ | sau khi | khi | trước | tại |
    liên quan đến | liên quan tới | trường hợp | nếu | với | hàng ngày | hằng ngày | hàng tuần | hằng tuần | định kỳ |
    hàng tháng | hằng tháng | chậm nhất | ngay sau | bên cạnh | cùng với | tiếp thu | sau |
    hết thời hạn |
    quá thời hạn | trước hết là | đầu tiên là | tiếp theo là | tiếp đến là | cuối cùng là | cũng theo | cũng tại |
    quay lại | trở lại | cái | việc | riêng | phần | trên tinh thần | ngoài |
    cùng lúc | kết thúc | chung cho |
    ai | đơn vị nào | nơi nào | địa phương nào | cơ quan nào
    """
)
