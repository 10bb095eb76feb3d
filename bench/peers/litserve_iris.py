"""A LitServe server with one worker process."""

import sys

import litserve


class Iris(litserve.LitAPI):
    def setup(self, device):
        # In the worker's process.
        from iris_model import species

        self.species = species

    def decode_request(self, request):
        return request

    def predict(self, flower):
        return self.species(flower)

    def encode_response(self, label):
        return {"species": label}


if __name__ == "__main__":
    server = litserve.LitServer(Iris(api_path="/iris"), accelerator="cpu", workers_per_device=1)
    server.run(host="127.0.0.1", port=int(sys.argv[1]), num_api_servers=1, generate_client_file=False, log_level="warning")
