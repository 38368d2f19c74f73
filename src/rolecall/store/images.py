"""Images: pictures that are shown, in named crops and three sizes, each a file.

Other statements show an image through `sizes_of` and `crops_of`, whatever surface they are for: both are expressions
that need the parameters `workspace` (the id) and `media` (see `rolecall.domain.images.media_base`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rolecall.store.db import Connection, fetch_one, fetch_value


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """`name` is what the upload was called."""

    workspace_id: UUID
    id: UUID
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageVariant:
    """One crop of an image in one size; width and height are in pixels."""

    workspace_id: UUID
    image_id: UUID
    crop: str
    size: str
    file_id: UUID
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class VariantFile:
    """Where a variant's bytes are in the file store, and what they are."""

    key: str
    media_type: str
    sha256: bytes


_ADDRESS = "%(media)s::text || '/' || v.image_id || '/' || v.crop || '-' || v.size || '.webp'"
_SIZES = ", ".join(
    f"'{size}', max({_ADDRESS}) filter (where v.size = '{size}')" for size in ("small", "medium", "large")
)


def sizes_of(image: str, *, crop: str = "default") -> str:
    """SQL for `{small, medium, large}` with the addresses of an image, all null when there is none.

    `image` is the expression of its id; `crop` is one of ours, never text from outside.
    """
    return f"""(
        select json_build_object({_SIZES}) from image_variant v
        where v.workspace_id = %(workspace)s and v.image_id = {image} and v.crop = '{crop}'
    )"""


def crops_of(image: str) -> str:
    """SQL for the sizes of every crop of an image, by the crop's name; null when there is no image."""
    return f"""(
        select json_object_agg(c.crop, c.sizes order by c.crop) from (
            select v.crop, json_build_object({_SIZES}) as sizes from image_variant v
            where v.workspace_id = %(workspace)s and v.image_id = {image} group by v.crop
        ) c
    )"""


async def insert(conn: Connection, image: Image) -> None:
    """Store a new image; its variants follow."""
    await conn.execute(
        "insert into image (workspace_id, id, name, created_at) values (%s, %s, %s, %s)",
        (image.workspace_id, image.id, image.name, image.created_at),
    )


async def insert_variants(conn: Connection, variants: Sequence[ImageVariant]) -> None:
    """Store the variants of images whose files are stored."""
    async with conn.cursor() as cursor:
        await cursor.executemany(
            """
            insert into image_variant (workspace_id, image_id, crop, size, file_id, width, height)
            values (%s, %s, %s, %s, %s, %s, %s)
            """,
            [(v.workspace_id, v.image_id, v.crop, v.size, v.file_id, v.width, v.height) for v in variants],
        )


async def exists(conn: Connection, workspace_id: UUID, image_id: UUID) -> bool:
    """Whether the workspace has this image."""
    query = "select exists (select from image where workspace_id = %s and id = %s)"
    return await fetch_value(conn, query, (workspace_id, image_id))


async def variant_file(
    conn: Connection, workspace_id: UUID, image_id: UUID, *, crop: str, size: str
) -> VariantFile | None:
    """The file of one variant."""
    query = """
        select f.key, f.media_type, f.sha256
        from image_variant v join file f on f.workspace_id = v.workspace_id and f.id = v.file_id
        where v.workspace_id = %s and v.image_id = %s and v.crop = %s and v.size = %s
    """
    return await fetch_one(conn, VariantFile, query, (workspace_id, image_id, crop, size))


async def delete(conn: Connection, workspace_id: UUID, image_id: UUID) -> None:
    """Forget an image with its variants and their files' rows. Their bytes are then nobody's."""
    await conn.execute(
        """
        with gone as (delete from image_variant where workspace_id = %(workspace)s and image_id = %(image)s
                      returning file_id),
             image_gone as (delete from image where workspace_id = %(workspace)s and id = %(image)s)
        delete from file where workspace_id = %(workspace)s and id in (select file_id from gone)
        """,
        {"workspace": workspace_id, "image": image_id},
    )
