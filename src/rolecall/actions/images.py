"""Images: from an uploaded picture to the crops and sizes in which it is shown.

`read_picture` does the work, before a transaction begins; `create_image` stores what it made.
"""

import asyncio
import hashlib
import io
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from PIL import Image as Pillow
from PIL import ImageCms, ImageOps

from rolecall.actions.context import Context, record
from rolecall.actions.ids import new_id
from rolecall.domain.errors import FieldInvalid
from rolecall.domain.images import SIZES, Crop
from rolecall.domain.texts import storable_text
from rolecall.ports.files import FileStore
from rolecall.store import files, images
from rolecall.store.files import File
from rolecall.store.images import Image, ImageVariant

LARGEST_UPLOAD = 10_000_000  # bytes
MOST_PIXELS = 40_000_000  # a camera's picture, decoded in 160 MB
_LONGEST_NAME = 200
_FORMATS = ("JPEG", "PNG", "WEBP")
_MEDIA_TYPE = "image/webp"
_QUALITY = 82
_HINT = "a picture in JPEG, PNG or WebP is needed"
_AT_ONCE = threading.BoundedSemaphore(2)  # each holds a decoded picture in memory


@dataclass(frozen=True, slots=True)
class Variant:
    """One crop in one size, ready to be stored: WebP without metadata."""

    crop: str
    size: str
    width: int
    height: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Picture:
    """An upload in all its crops and sizes."""

    name: str
    variants: Sequence[Variant]


async def read_picture(content: bytes, *, name: str, crops: Sequence[Crop], field: str = "image") -> Picture:
    """The variants of an uploaded picture, made outside of the event loop.

    What it is, is found by its content, not by `name`. It is turned as its camera says; nothing of its metadata stays,
    so no place and no owner's name leaves with it. It is never enlarged. Raises FieldInvalid on `field` when it is no
    picture of ours, is broken, or has more bytes or pixels than we take.
    """
    if len(content) > LARGEST_UPLOAD:
        raise FieldInvalid(field=field, hint=f"at most {LARGEST_UPLOAD // 1_000_000} MB")
    variants = await asyncio.to_thread(_variants, content, crops, field)
    shown = storable_text(name.replace("\\", "/").rpartition("/")[2]).strip()[:_LONGEST_NAME]
    return Picture(name=shown or "image", variants=variants)


async def create_image(ctx: Context, files_store: FileStore, *, picture: Picture) -> UUID:
    """Store a picture, bytes first and rows then, so that a row always has its bytes. Raises FilesUnavailable."""
    image_id = new_id()
    stored = [_file(ctx, image_id, picture.name, variant) for variant in picture.variants]
    for file, variant in zip(stored, picture.variants, strict=True):
        await files_store.put(file.key, variant.content)
    for file in stored:
        await files.insert(ctx.conn, file)
    image = Image(workspace_id=ctx.workspace_id, id=image_id, name=picture.name, created_at=ctx.now)
    await images.insert(ctx.conn, image)
    made = zip(stored, picture.variants, strict=True)
    await images.insert_variants(ctx.conn, [_row(image, file, variant) for file, variant in made])
    await record(ctx, "image", "created", record_id=image_id)
    return image_id


async def delete_image(ctx: Context, image_id: UUID) -> None:
    """Take an image away that no record shows any more. Its bytes are swept away later."""
    await images.delete(ctx.conn, ctx.workspace_id, image_id)
    await record(ctx, "image", "deleted", record_id=image_id)


def _file(ctx: Context, image_id: UUID, name: str, variant: Variant) -> File:
    return File(
        workspace_id=ctx.workspace_id,
        id=new_id(),
        key=f"{ctx.workspace_id}/images/{image_id}/{variant.crop}-{variant.size}.webp",
        name=name,
        media_type=_MEDIA_TYPE,
        size=len(variant.content),
        sha256=hashlib.sha256(variant.content).digest(),
        created_at=ctx.now,
    )


def _row(image: Image, file: File, variant: Variant) -> ImageVariant:
    return ImageVariant(
        workspace_id=image.workspace_id,
        image_id=image.id,
        crop=variant.crop,
        size=variant.size,
        file_id=file.id,
        width=variant.width,
        height=variant.height,
    )


def _variants(content: bytes, crops: Sequence[Crop], field: str) -> list[Variant]:
    with _AT_ONCE:
        picture = _decoded(content, field)
        return [_variant(picture, crop, place) for crop in crops for place in range(len(SIZES))]


def _decoded(content: bytes, field: str) -> Pillow.Image:
    """The picture upright in sRGB. Its dimensions are checked before a pixel is decoded."""
    try:
        with Pillow.open(io.BytesIO(content), formats=_FORMATS) as opened:
            _check_pixels(opened)
            opened.load()
            return _in_srgb(ImageOps.exif_transpose(opened))
    except Pillow.DecompressionBombError as error:  # Pillow raises it too, for far more pixels
        raise FieldInvalid(field=field, hint=f"at most {MOST_PIXELS // 1_000_000} million pixels") from error
    except Exception as error:  # what decoders raise over hostile bytes is not to be listed
        raise FieldInvalid(field=field, hint=_HINT) from error


def _check_pixels(picture: Pillow.Image) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise Pillow.DecompressionBombError


def _in_srgb(picture: Pillow.Image) -> Pillow.Image:
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in {"RGB", "RGBA", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return (
                ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode) or picture
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # colours a little off are better than no picture
    return picture.convert(mode)


def _variant(picture: Pillow.Image, crop: Crop, place: int) -> Variant:
    wide, high = crop.proportions
    possible = min(picture.width, picture.height * wide // high)  # of a cut with these proportions
    width = max(1, min(crop.widths[place], possible))
    cut = ImageOps.fit(picture, (width, max(1, width * high // wide)), method=Pillow.Resampling.LANCZOS)
    out = io.BytesIO()
    cut.save(out, "WEBP", quality=_QUALITY, exif=b"", icc_profile=b"", xmp=b"")
    return Variant(crop.name, SIZES[place], cut.width, cut.height, out.getvalue())
