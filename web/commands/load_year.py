"""`diemcau load-year`: a year of invented meetings for trials of speed, into an installation that has none."""

import click

from core.settings import load_settings
from web.commands.border import BadInput
from web.commands.stores import runtime_for


@click.command()
@click.option("--share", type=click.FloatRange(0.001, 10), default=1.0, show_default=True, help="Tỷ lệ so với cả năm.")
def load_year(share: float) -> None:
    """Nạp một năm họp hư cấu (50 đơn vị, 200 điểm cầu, 2.000 cuộc họp) để đo tốc độ; chỉ nạp khi chưa có cuộc họp nào.

    Load a year of invented meetings for trials of speed; refused where there are meetings already.
    """
    from web.demo.year_of_meetings.loading import NotEmpty
    from web.demo.year_of_meetings.loading import load_year as load
    from web.demo.year_of_meetings.plan import YearSize

    settings = load_settings()
    with runtime_for(settings) as runtime:
        try:
            counts = load(runtime, YearSize().scaled(share))
        except NotEmpty as error:
            raise BadInput(
                f"{settings.home}: đã có cuộc họp. Hãy đặt DIEMCAU_HOME tới một thư mục dữ liệu mới rồi chạy lại."
            ) from error
    click.echo(
        f"Đã nạp {counts['units']} đơn vị, {counts['people']} người, {counts['endpoints']} điểm cầu, "
        f"{counts['meetings']} cuộc họp, {counts['presence']} lượt có mặt, {counts['mails']} thư mời, "
        f"{counts['reports']} báo cáo nhanh."
    )
