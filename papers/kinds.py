"""Kinds of administrative papers and the letters each has in its symbol (Decree 30/2020, annex III, part I)."""

TYPE_CODES = {
    "THÔNG BÁO": "TB",
    "BÁO CÁO": "BC",
    "GIẤY MỜI": "GM",
    "BIÊN BẢN": "BB",
    "KẾ HOẠCH": "KH",
    "QUYẾT ĐỊNH": "QĐ",
    "CHỈ THỊ": "CT",
    "TỜ TRÌNH": "TTr",
    "HƯỚNG DẪN": "HD",
    "CHƯƠNG TRÌNH": "CTr",
    "PHƯƠNG ÁN": "PA",
    "ĐỀ ÁN": "ĐA",
    "DỰ ÁN": "DA",
    "QUY CHẾ": "QC",
    "QUY ĐỊNH": "QyĐ",
    "THÔNG CÁO": "TC",
    "CÔNG ĐIỆN": "CĐ",
    "NGHỊ QUYẾT": "NQ",
}
#: The kinds that rules ask for by name.
INVITATION, NOTICE, RECORD = "GIẤY MỜI", "THÔNG BÁO", "BIÊN BẢN"
