"""What a Starlette application behind Mangum answers to the event on standard input, as JSON."""

import json
import sys

from mangum import Mangum
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route


async def hello(request):
    response = JSONResponse(
        {
            "hello": request.path_params["name"],
            "q": request.query_params.getlist("q"),
            "cookie": request.headers.get("cookie"),
        }
    )
    response.set_cookie("a", "1")
    response.set_cookie("b", "2")
    return response


handler = Mangum(Starlette(routes=[Route("/hello/{name}", hello)]), lifespan="off")
print(json.dumps(handler(json.load(sys.stdin), None)))
