import { type ServerUnaryCall, type sendUnaryData, status } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { callAwsFunction } from "../cloud/awsFunctions";
import { toStruct } from "../program/toStruct";
import type { Placement } from "../resources/declared";
import { regionFaults } from "../resources/treatment";
import type { Properties } from "../resources/value";
import { CheckSessions } from "./checkSessions";
import { AWS_VERSION, constructComponent } from "./constructComponent";
import { type PropertyChange, topLevel } from "./diffProperties";
import type { ResourceProvider } from "./resourceProvider";

type Region = Pick<Placement, "accountId" | "region">;
/** The methods of Pulumi's `ResourceProvider` service that an engine calls of a provider like this. */
type Service = Omit<IResourceProviderServer, "parameterize" | "call" | "list" | "getMapping" | "getMappings">;

/**
 * {@link ResourceProvider} as the gRPC service that Pulumi's engine calls, for the packages `aws` and `awsx` alike.
 * The engine is asked to resolve references and outputs itself. Secret inputs stay secret: they go back as they came.
 */
export function providerService(provider: ResourceProvider, place: Region): Service {
  const sessions = new CheckSessions();
  return {
    handshake: unary((request: proto.ProviderHandshakeRequest, call) => {
      sessions.connect(call.getPeer(), request.getEngineAddress());
      return new proto.ProviderHandshakeResponse()
        .setAcceptSecrets(true)
        .setSupportsAutonamingConfiguration(true);
    }),
    attach: unary(() => new Empty()),
    cancel: unary(() => new Empty()),
    getPluginInfo: unary(() => new PluginInfo().setVersion(AWS_VERSION)), // Higher than awsx' own, which is asked of the same service.
    getSchema: unary(() => new proto.GetSchemaResponse().setSchema("{}")),

    checkConfig: unary((request: proto.CheckRequest) =>
      checked(toObject(request.getNews()), regionFaults(toObject(request.getNews()), place)),
    ),
    diffConfig: unary(() => new proto.DiffResponse().setChanges(proto.DiffResponse.DiffChanges.DIFF_NONE)),
    configure: unary(() =>
      new proto.ConfigureResponse()
        .setSupportspreview(true)
        .setAcceptsecrets(true)
        .setSupportsAutonamingConfiguration(true),
    ),

    check: unary((request: proto.CheckRequest, call) => {
      const { inputs, failures } = provider.check(
        {
          urn: request.getUrn(),
          olds: { inputs: toObject(request.getOlds()) },
          news: toObject(request.getNews()),
          proposedName: request.getAutonaming()?.getProposedName() || undefined,
        },
        sessions.of(call.getPeer()),
      );
      return checked(inputs, failures);
    }),
    diff: unary((request: proto.DiffRequest) => {
      const { changes, replaces, deleteBeforeReplace } = provider.diff({
        urn: request.getUrn(),
        olds: { inputs: toObject(request.getOldInputs()) },
        news: toObject(request.getNews()),
      });
      const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
      const response = new proto.DiffResponse()
        .setChanges(changes.length === 0 ? DIFF_NONE : DIFF_SOME)
        .setReplacesList([...replaces])
        .setDiffsList([...new Set(changes.map(({ path }) => topLevel(path)))])
        .setDeletebeforereplace(deleteBeforeReplace)
        .setHasdetaileddiff(true);
      for (const change of changes) {
        response
          .getDetaileddiffMap()
          .set(change.path, propertyDiff(change, replaces.includes(topLevel(change.path))));
      }
      return response;
    }),
    create: unary(async (request: proto.CreateRequest, call) => {
      const asked = { urn: request.getUrn(), news: toObject(request.getProperties()) };
      if (request.getPreview()) {
        return new proto.CreateResponse().setProperties(toStruct(provider.previewCreate(asked)));
      }
      const { id, outputs } = await provider.create(asked, {
        session: sessions.of(call.getPeer()),
        isGone: () => call.cancelled,
      });
      return new proto.CreateResponse().setId(id).setProperties(toStruct(outputs));
    }),
    update: unary(async (request: proto.UpdateRequest) => {
      const asked = {
        urn: request.getUrn(),
        id: request.getId(),
        olds: { inputs: toObject(request.getOldInputs()), outputs: toObject(request.getOlds()) },
        news: toObject(request.getNews()),
      };
      const outputs = request.getPreview() ? provider.previewUpdate(asked) : await provider.update(asked);
      return new proto.UpdateResponse().setProperties(toStruct(outputs));
    }),
    delete: unary(async (request: proto.DeleteRequest) => {
      await provider.delete({
        urn: request.getUrn(),
        id: request.getId(),
        olds: { inputs: toObject(request.getOldInputs()) },
      });
      return new Empty();
    }),
    read: unary(async (request: proto.ReadRequest) => {
      const found = await provider.read({
        urn: request.getUrn(),
        id: request.getId(),
        olds: { inputs: toObject(request.getInputs()), outputs: toObject(request.getProperties()) },
      });
      const response = new proto.ReadResponse();
      if (found === undefined) return response; // No id: it is gone.
      return response
        .setId(request.getId())
        .setInputs(toStruct(found.inputs))
        .setProperties(toStruct(found.outputs));
    }),

    invoke: unary((request: proto.InvokeRequest) => {
      // Nothing that is called here depends on the stack.
      const where = { ...place, project: "", stack: "", address: () => undefined };
      const result = callAwsFunction(request.getTok(), toObject(request.getArgs()), where);
      return new proto.InvokeResponse().setReturn(toStruct(result));
    }),
    construct: unary((request: proto.ConstructRequest) =>
      constructComponent(request, {
        ...place,
        project: request.getProject(),
        stack: request.getStack(),
        // Nothing that components hold listens.
        address: () => undefined,
      }),
    ),
  };
}

function unary<Request, Response>(
  handle: (request: Request, call: ServerUnaryCall<Request, Response>) => Response | Promise<Response>,
) {
  return (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>): void => {
    Promise.resolve()
      .then(() => handle(call.request, call))
      .then(
        (response) => callback(null, response),
        (error: Error) => callback({ code: status.UNKNOWN, message: error.message, details: error.message }),
      );
  };
}

function checked(inputs: Properties, failures: readonly { property: string; reason: string }[]) {
  return new proto.CheckResponse()
    .setInputs(toStruct(inputs))
    .setFailuresList(
      failures.map(({ property, reason }) =>
        new proto.CheckFailure().setProperty(property).setReason(reason),
      ),
    );
}

function propertyDiff({ kind }: PropertyChange, isReplacement: boolean): proto.PropertyDiff {
  const { Kind } = proto.PropertyDiff;
  const kinds = {
    add: [Kind.ADD, Kind.ADD_REPLACE],
    update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
    delete: [Kind.DELETE, Kind.DELETE_REPLACE],
  } as const;
  return new proto.PropertyDiff().setKind(kinds[kind][isReplacement ? 1 : 0]).setInputdiff(true);
}

function toObject(struct: Struct | undefined): Properties {
  return (struct?.toJavaScript() ?? {}) as Properties;
}
