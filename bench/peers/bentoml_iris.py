"""A BentoML service with one worker."""

import bentoml
from iris_model import species


@bentoml.service(workers=1, metrics={"enabled": False}, logging={"access": {"enabled": False}})
class Iris:
    @bentoml.api(route="/")
    def predict(self, sl: float, sw: float, pl: float, pw: float) -> str:
        return species({"sl": sl, "sw": sw, "pl": pl, "pw": pw})
