import { zipf } from "../../bin/lib/plan/zipf";
import { EVALUATOR_KEY, EVALUATOR_MARK } from "../../functions/shared/evaluator/mark";
import { breedKey } from "../../functions/shared/modelKeys";
import type { Benchmark } from "../lib/benchmark";
import { bucketFunctions, PRICING } from "../lib/bucketFunctions";
import { makeBreeds } from "../lib/makeBreeds";
import { startModelBucket } from "../lib/modelBucket";
import { rides } from "../lib/rides";
import { warmProcess } from "../lib/warmProcess";

const BREEDS = 3_000;
const EXPONENT = 1.1;
const COUNTS = { count: 500, before: 3_000 };

const ONE = "one breed";
const ALL = "3,000 breeds";
const MISS = "a breed that is not in memory";
const GET = "the AWS SDK's GET in a bare loop";

export const benchmark: Benchmark = {
  name: "pricingBreeds",
  title: "Thousands of models in one function",
  about: `\`pricing\` with 256 MB has 3,000 models in the local S3. Each sample is a ride to one process, by the Runtime API, the
next follows at once; the breeds are drawn as often as Zipf's law with the exponent 1.1 has it, and each score is compared with what
the breed's weights give. 3,000 rides come before the first round. By ONNX Runtime, which serves models without the evaluator's
mark, a tenth of the breeds is in memory. A breed that is not in memory: as many rides in a circle, with room for a hundred breeds. The
floor of a miss is a bare loop whose handler gets the same object by the AWS SDK and does nothing with it.`,
  unit: "ms",
  rounds: 20,
  async variants({ folder, onEnd }) {
    const breeds = await makeBreeds(BREEDS);
    const objects = breeds.map(({ name, archive }) => ({ key: breedKey(name), body: archive }));
    const metadata = { [EVALUATOR_KEY]: EVALUATOR_MARK };
    const marked = await startModelBucket(objects.map((object) => ({ ...object, metadata })));
    onEnd(() => marked.close());
    const unmarked = await startModelBucket(objects);
    onEnd(() => unmarked.close());
    const { deployed, peer } = bucketFunctions(PRICING, folder, ["getHandler"]);
    const [key = ""] = objects.map((object) => object.key);
    // A megabyte keeps a hundred breeds: in a circle of thousands none is there when its turn comes.
    const small = deployed(marked, key);
    const missing = { ...small, environment: { ...small.environment, MODEL_CACHE_MB: "1" } };
    const inTurn = () => {
      let next = 0;
      return () => next++ % BREEDS;
    };
    const byLaw = () => zipf(BREEDS, EXPONENT);
    return [
      warmProcess(
        ONE,
        deployed(marked, key),
        rides(breeds, () => 0, COUNTS),
      ),
      warmProcess(ALL, deployed(marked, key), rides(breeds, byLaw(), COUNTS)),
      warmProcess(`${ALL}, by ONNX Runtime`, deployed(unmarked, key), rides(breeds, byLaw(), COUNTS)),
      warmProcess(MISS, missing, rides(breeds, inTurn(), COUNTS)),
      warmProcess(GET, peer("getHandler", marked, key), { ...rides(breeds, inTurn(), COUNTS), check() {} }),
    ];
  },
  goals: [
    { variant: ALL, against: ONE, atMost: 1.2 },
    { variant: MISS, against: GET, quantile: 0.99, atMost: 1.3 },
  ],
};
