"""A ministry of invented people, as plain values: units, people, endpoints, and the accounts of the rehearsal."""

from dataclasses import dataclass

from core.permissions import Role
from orchestrator.directory.models import EndpointKind


@dataclass(frozen=True)
class SampleUnit:
    """A unit by its code."""

    code: str
    name: str
    abbreviations: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class SamplePerson:
    """A person, in the order in which protocol lists them."""

    full_name: str
    title: str
    unit: str


@dataclass(frozen=True)
class SampleEndpoint:
    """A room with a camera."""

    code: str
    name: str
    unit: str
    capacity: int
    kind: EndpointKind = EndpointKind.COMPONENT


@dataclass(frozen=True)
class SampleAccount:
    """Who can sign in; passwords are made for each installation."""

    login: str
    display_name: str
    role: Role
    unit: str = ""


OFFICE, CENTRE, ARCHIVES, ACADEMY, JOURNAL = "VP", "TTTT", "CVTLT", "HVHC", "TCTC"

UNITS = (
    SampleUnit("LDB", "Lãnh đạo Bộ"),
    SampleUnit(OFFICE, "Văn phòng Bộ", ("VP", "VPB"), ("Văn phòng",)),
    SampleUnit(CENTRE, "Trung tâm Thông tin", ("TTTT",)),
    SampleUnit(ARCHIVES, "Cục Văn thư và Lưu trữ nhà nước", ("CVTLTNN",), ("Cục Văn thư", "Cục Lưu trữ")),
    SampleUnit(ACADEMY, "Học viện Hành chính Quốc gia", ("HVHCQG",), ("Học viện Hành chính",)),
    SampleUnit(JOURNAL, "Tạp chí Tổ chức nhà nước", ("TCTCNN",)),
    SampleUnit("VTCCB", "Vụ Tổ chức cán bộ", ("TCCB",)),
    SampleUnit("VKHTC", "Vụ Kế hoạch - Tài chính", ("KHTC",)),
)

CHAIR = SamplePerson("Phan Quốc Bảo", "Thứ trưởng", "LDB")
SECRETARY = SamplePerson("Đặng Thị Thùy Linh", "Chánh Văn phòng Bộ", OFFICE)
PEOPLE = (
    CHAIR,
    SECRETARY,
    SamplePerson("Hồ Văn Tiến", "Giám đốc Trung tâm Thông tin", CENTRE),
    SamplePerson("Lương Thị Hạnh", "Cục trưởng Cục Văn thư và Lưu trữ nhà nước", ARCHIVES),
    SamplePerson("Vũ Đình Khuê", "Phó Giám đốc Học viện Hành chính Quốc gia", ACADEMY),
    SamplePerson("Tạ Ngọc Ước", "Tổng Biên tập Tạp chí Tổ chức nhà nước", JOURNAL),
    SamplePerson("Ngô Thị Mỹ Duyên", "Vụ trưởng Vụ Tổ chức cán bộ", "VTCCB"),
    SamplePerson("Đỗ Hữu Nghĩa", "Vụ trưởng Vụ Kế hoạch - Tài chính", "VKHTC"),
)

ENDPOINTS = (
    SampleEndpoint("DC-TRUSO", "Trụ sở Bộ", OFFICE, 40, EndpointKind.CENTRAL),
    SampleEndpoint("DC-TTTT", "Trung tâm Thông tin", CENTRE, 24),
    SampleEndpoint("DC-CVTLT", "Cục Văn thư và Lưu trữ nhà nước", ARCHIVES, 30),
    SampleEndpoint("DC-HVHC", "Học viện Hành chính Quốc gia", ACADEMY, 60),
    SampleEndpoint("DC-TCTC", "Tạp chí Tổ chức nhà nước", JOURNAL, 12),
)

ACCOUNTS = (
    SampleAccount("van.hanh", "Trịnh Văn Hùng (điều hành kỹ thuật)", Role.OPERATOR),
    SampleAccount("thu.ky", "Bùi Thị Ngọc Ánh (thư ký)", Role.SECRETARY),
    SampleAccount("lanh.dao", "Phan Quốc Bảo (Thứ trưởng)", Role.APPROVER),
    SampleAccount("van.thu", "Lê Thị Kiều Oanh (văn thư)", Role.REGISTRAR),
    SampleAccount("vp", "Văn phòng Bộ", Role.UNIT, OFFICE),
    SampleAccount("tttt", "Trung tâm Thông tin", Role.UNIT, CENTRE),
    SampleAccount("cvtlt", "Cục Văn thư và Lưu trữ nhà nước", Role.UNIT, ARCHIVES),
    SampleAccount("hvhc", "Học viện Hành chính Quốc gia", Role.UNIT, ACADEMY),
)

#: The account every installation has from its first start.
ADMINISTRATOR = SampleAccount("quan.tri", "Quản trị viên", Role.ADMINISTRATOR)
