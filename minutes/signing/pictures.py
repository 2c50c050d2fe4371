"""Pictures of signatures and seals: PNG with a transparent background (Decree 30/2020, annex I, II.7d, II.8a)."""

from io import BytesIO

from PIL import Image

from minutes.signing.refusals import PictureRefused

MAXIMUM_BYTES, MAXIMUM_SIDE = 2 * 1024 * 1024, 3000
_CORNER = 10


def checked_picture(data: bytes) -> bytes:
    """The same picture drawn anew, without anything else a file may carry. Raises PictureRefused."""
    if len(data) > MAXIMUM_BYTES:
        raise PictureRefused(reason="tệp lớn hơn 2 MB")
    try:
        with Image.open(BytesIO(data), formats=["PNG"]) as picture:
            if max(picture.size) > MAXIMUM_SIDE:
                raise PictureRefused(reason=f"ảnh rộng quá {MAXIMUM_SIDE} điểm")
            drawn = picture.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise PictureRefused(reason="không phải ảnh PNG hoặc đã hỏng") from error
    lowest, _ = drawn.getchannel("A").getextrema()
    if not isinstance(lowest, int | float) or lowest > _CORNER:
        raise PictureRefused(reason="nền không trong suốt")
    out = BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()
