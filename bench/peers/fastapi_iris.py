"""FastAPI with ONNX Runtime in the server's own process: nothing isolates a request from the server."""

from fastapi import FastAPI, Response
from iris_model import species
from pydantic import BaseModel


class Flower(BaseModel):
    sl: float
    sw: float
    pl: float
    pw: float


app = FastAPI()


@app.post("/")
async def predict(flower: Flower):
    return Response(species(flower.model_dump()), media_type="text/plain")
