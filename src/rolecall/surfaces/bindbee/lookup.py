"""The unified models, for those who name them: GET /api/v1/lookup/models."""

from starlette.responses import Response

from rolecall.surfaces.bindbee.auth import CATEGORY, BindbeeCall
from rolecall.surfaces.bindbee.integrations import CATEGORIES
from rolecall.surfaces.bindbee.models import MODELS
from rolecall.surfaces.bindbee.parameters import Parameters
from rolecall.surfaces.bindbee.platform import platform_operation
from rolecall.web.responses import json_response


async def look_models_up(call: BindbeeCall) -> Response:
    """All of them, by slug; none of another category."""
    parameters = Parameters(call.request)
    category = parameters.choice("category", CATEGORIES)
    parameters.check(of_connector=False)
    models = [
        {"slug": model.slug, "display_name": model.title, "category": CATEGORY}
        for model in MODELS.values()
        if category in {None, CATEGORY}
    ]
    return json_response({"models": models})


OPERATIONS = [
    platform_operation("GET", "/api/v1/lookup/models", "list_models_api_v1_lookup_models_get", look_models_up),
]
