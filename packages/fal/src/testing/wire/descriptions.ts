import { z } from "zod";
import type { JsonObject } from "@likeness/core";
import { findEndpoint } from "../models/endpoints.ts";
import { stepsOf } from "../models/objection-to.ts";
import type { Call, RouteName } from "./call.ts";

/** What a request is about, in a few words for a person who watches. */
export const descriptions = {
  submit: ({ params, body }) => {
    const { endpoint: id = "" } = params;
    const endpoint = findEndpoint(id);
    const input = inputOf(body);
    if (endpoint?.kind === "trainer") return `submit ${id}, ${stepsOf(input, endpoint)} steps`;
    return typeof input["seed"] === "number" ? `submit ${id}, seed ${input["seed"]}` : `submit ${id}`;
  },
  status: () => "status",
  result: () => "result",
  cancel: () => "cancel",
  "upload-initiate": ({ body }) => {
    const { file_name: name } = inputOf(body);
    return typeof name === "string" ? `upload ${name}` : "upload";
  },
  "upload-bytes": ({ params }) => (params.part === undefined ? "upload the bytes" : `upload part ${params.part}`),
  "upload-complete": () => "complete the upload",
  files: ({ url }) => `download ${url.pathname.replace(/^.*?_/, "")}`,
  jwks: () => "key set",
  history: () => "list of requests",
  pricing: () => "prices",
  models: () => "list of models",
  billing: () => "balance",
  "file-acl": () => "access to a file",
  "delete-payloads": () => "delete the payloads",
} as const satisfies Record<RouteName, (call: Pick<Call, "params" | "body" | "url">) => string>;

const inputOf = (body: Call["body"]): JsonObject => inputSchema.parse(body);

const inputSchema = z.record(z.string(), z.json()).catch({});
