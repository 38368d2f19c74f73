"""Pictures."""

from uuid import UUID

from rolecall.actions import images
from rolecall.actions.context import Context
from rolecall.domain.images import AVATAR
from tests.architecture.cast import Act, Cast
from tests.pictures import drawn


async def _create_image(ctx: Context, cast: Cast) -> UUID:
    picture = await images.read_picture(drawn(9, 9), name="me.png", crops=AVATAR)
    return await images.create_image(ctx, cast.world.services.files, picture=picture)


async def _delete_image(ctx: Context, cast: Cast) -> None:
    await images.delete_image(ctx, await _create_image(ctx, cast))


WRITES: dict[str, tuple[str, Act]] = {
    "images.create_image": ("image.created", _create_image),
    "images.delete_image": ("image.deleted", _delete_image),
}
