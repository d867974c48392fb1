import { StorageTrouble } from "../../areas/storage/contract.ts";
import * as z from "zod";
import type { Area, Endpoint, Stream } from "../../contract/define.ts";
import { HandshakeAnswer, HandshakeRequest } from "../../transport/handshake.ts";
import { createComponents, type Components, type JsonSchema } from "./components.ts";

export const schemaOf = (schema: z.ZodType, io: "input" | "output"): JsonSchema => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    reused: "inline",
  });
  return rest;
};

/** Names of the `:name` segments of a path. */
export const pathParameters = (path: string): string[] =>
  [...path.matchAll(/:(\w+)/g)].map((match) => match[1] as string);

export interface InputParts {
  readonly path: readonly Field[];
  readonly query: readonly Field[];
  /** Null when the endpoint reads no body. */
  readonly body: JsonSchema | null;
}

export interface Field {
  readonly name: string;
  readonly isRequired: boolean;
  readonly schema: JsonSchema;
}

/** Where the fields of an endpoint's input come from. */
export function inputParts(
  { input, method, path }: Pick<Endpoint, "input" | "method" | "path">,
  describe = schemaOf,
): InputParts {
  const schema = describe(input, "input");
  const properties = (schema["properties"] ?? {}) as Record<string, JsonSchema>;
  const required = (schema["required"] ?? []) as string[];
  const inPath = pathParameters(path);
  const fields = Object.entries(properties).map(([name, property]) => ({
    name,
    isRequired: required.includes(name),
    schema: property,
  }));
  const others = fields.filter(({ name }) => !inPath.includes(name));
  const hasBody = (method === "POST" || method === "PUT") && others.length > 0;
  return {
    path: fields.filter(({ name }) => inPath.includes(name)).map((field) => ({ ...field, isRequired: true })),
    query: hasBody ? [] : others,
    body: hasBody ? bodySchema(others, schema["additionalProperties"] === false) : null,
  };
}

function bodySchema(fields: readonly Field[], isStrict: boolean): JsonSchema {
  const required = fields.filter(({ isRequired }) => isRequired).map(({ name }) => name);
  return {
    type: "object",
    properties: Object.fromEntries(fields.map(({ name, schema }) => [name, schema])),
    ...(required.length > 0 && { required }),
    ...(isStrict && { additionalProperties: false }),
  };
}

const errorSchema = (codes: readonly string[]): JsonSchema => ({
  type: "object",
  required: ["error"],
  properties: {
    error: {
      type: "object",
      required: ["code", "message"],
      properties: { code: { type: "string", enum: codes }, message: { type: "string" }, data: {} },
    },
  },
});

/** What any call may be refused with, whatever it is about. */
export const COMMON_ERRORS: Readonly<Record<string, number>> = {
  "request.invalid": 400,
  "request.unauthorized": 401,
  "request.foreign": 403,
  "request.forbidden": 403,
  "request.unknown_route": 404,
  "request.method_not_allowed": 405,
  "request.too_large": 413,
  internal: 500,
  "request.busy": 503,
  "request.not_recorded": 507,
  // What loosens the gate waits for the person, who may say no.
  "permissions.not_allowed": 403,
};

const ERROR_WORDS: Readonly<Record<string, string>> = {
  400: "The request is not valid.",
  401: "The token is missing or wrong.",
  default: "Refused; the code says why.",
};

const json = (schema: JsonSchema) => ({ "application/json": { schema } });

const refusal = (status: string, reasons: readonly string[]) => ({
  description: ERROR_WORDS[status],
  content: json(errorSchema(reasons)),
});

/** What everything but the open routes may be refused with, and what an area adds. */
function refusals(own: Area["errors"], areaName: string): JsonSchema {
  const codes = [
    ...Object.keys(own).map((reason) => `${areaName}.${reason}`),
    ...Object.keys(COMMON_ERRORS).filter(
      (code) => code !== "request.invalid" && code !== "request.unauthorized",
    ),
  ];
  return {
    400: refusal("400", ["request.invalid"]),
    401: refusal("401", ["request.unauthorized"]),
    default: refusal("default", codes),
  };
}

const answerHeaders = {
  "Gatehouse-Seq": {
    description: "Number of the last event before the answer.",
    schema: { type: "integer" },
  },
  "Gatehouse-Boot": {
    description: "Tells this process's events from another's.",
    schema: { type: "string" },
  },
};

function operationOf(area: Area, name: string, endpoint: Endpoint, components: Components): JsonSchema {
  const { path, query, body } = inputParts(endpoint, components.schemaOf);
  const parameters = [
    ...path.map((field) => ({ name: field.name, in: "path", required: true, schema: field.schema })),
    ...query.map((field) => ({
      name: field.name,
      in: "query",
      required: field.isRequired,
      schema: field.schema,
    })),
  ];
  return {
    operationId: `${area.name}.${name}`,
    tags: [area.name],
    summary: endpoint.summary,
    description: `Needs the scope \`${endpoint.scope}\`.`,
    security: [{ bearer: [endpoint.scope] }],
    ...(parameters.length > 0 && { parameters }),
    ...(body !== null && { requestBody: { required: "required" in body, content: json(body) } }),
    responses: {
      [String(endpoint.status ?? 200)]: {
        description: "Done.",
        headers: answerHeaders,
        content: json(components.schemaOf(endpoint.output, "output")),
      },
      ...refusals(area.errors, area.name),
    },
  };
}

function streamOperation(area: Area, name: string, stream: Stream, components: Components): JsonSchema {
  const { path, query } = inputParts({ ...stream, method: "GET" }, components.schemaOf);
  const parametersIn = (place: string, fields: readonly Field[]) =>
    fields.map(({ name, isRequired, schema }) => ({ name, in: place, required: isRequired, schema }));
  const frame = components.schemaOf(stream.frame, "output");
  return {
    operationId: `${area.name}.${name}`,
    tags: [area.name],
    summary: stream.summary,
    description: `Server-Sent Events; each data line is one frame. Everything has been told when the event \`end\` comes; a connection that ends without it was cut, and the id of the last event tells where to go on. Needs the scope \`${stream.scope}\`.`,
    security: [{ bearer: [stream.scope] }],
    parameters: [
      ...parametersIn("path", path),
      ...parametersIn("query", query),
      {
        name: "Last-Event-ID",
        in: "header",
        required: false,
        description: `Id of the last event that was read; goes before \`${stream.position}\`.`,
        schema: { type: "string" },
      },
    ],
    responses: {
      200: {
        description: "Frames, to the end.",
        headers: answerHeaders,
        content: { "text/event-stream": { schema: frame } },
      },
      ...refusals(area.errors, area.name),
    },
  };
}

/** Of what needs no key. */
const openRefusal = refusal("default", [
  "request.foreign",
  "request.method_not_allowed",
  "request.too_large",
]);

const handshakeOperation = {
  operationId: "handshake",
  summary:
    "Daemon and owner prove to each other that they have the owner key, before it is of any use to send it.",
  security: [],
  requestBody: { required: true, content: json(schemaOf(HandshakeRequest, "input")) },
  responses: {
    200: {
      description: "The daemon's nonce and its proof.",
      content: json(schemaOf(HandshakeAnswer, "output")),
    },
    400: refusal("400", ["request.invalid"]),
    default: openRefusal,
  },
};

/** OpenAPI 3.1 of everything below `/gatehouse/v1`. */
export function buildOpenApi(areas: Readonly<Record<string, Area>>, version: string): JsonSchema {
  const list = Object.values(areas);
  const components = createComponents(list);
  const paths: Record<string, JsonSchema> = {};
  for (const area of list) {
    for (const [name, endpoint] of Object.entries(area.endpoints)) {
      const path = endpoint.path.replaceAll(/:(\w+)/g, "{$1}");
      paths[path] = {
        ...paths[path],
        [endpoint.method.toLowerCase()]: operationOf(area, name, endpoint, components),
      };
    }
    for (const [name, stream] of Object.entries(area.streams ?? {})) {
      paths[stream.path.replaceAll(/:(\w+)/g, "{$1}")] = {
        get: streamOperation(area, name, stream, components),
      };
    }
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Gatehouse",
      version,
      description: "The permission gate for all agents on this machine.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/gatehouse/v1" }],
    security: [{ bearer: [] }],
    tags: list.map(({ name }) => ({ name })),
    paths: {
      "/health": {
        get: {
          operationId: "health",
          summary: "Whether the daemon is there. Needs no token.",
          security: [],
          responses: {
            200: {
              description: "It is.",
              content: json({
                type: "object",
                required: ["ok", "version", "trouble"],
                properties: {
                  ok: { const: true },
                  version: { type: "string" },
                  trouble: {
                    description:
                      "Why nothing can be put on record, so that nothing is allowed; null when it can.",
                    enum: [...StorageTrouble.options, null],
                  },
                },
              }),
            },
            default: openRefusal,
          },
        },
      },
      "/handshake": { post: handshakeOperation },
      ...paths,
    },
    components: {
      securitySchemes: { bearer: { type: "http", scheme: "bearer" } },
      schemas: components.schemas,
    },
  };
}
