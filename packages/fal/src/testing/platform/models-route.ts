import type { Json, JsonObject } from "@likeness/core";
import { findEndpoint } from "../models/endpoints.ts";
import { describedInput, describedOutput } from "../models/described-fields.ts";
import { json, refuse, type Call, type Route } from "../wire/call.ts";

const mostIds = 50;
/** With their schemas. */
const mostExpanded = 10;

/** What fal's list says differently about an endpoint than usual. */
export interface ListingChange {
  /** `gone`: fal does not know it any more. */
  readonly status?: "active" | "deprecated" | "gone" | undefined;
  /** Fields that its input, or its result, has no longer. */
  readonly without?: readonly string[] | undefined;
  /** A field that its input needs from now on. */
  readonly needs?: string | undefined;
}

/** `GET /v1/models` for some ids, which needs no key. https://fal.ai/docs/platform-apis/v1/models */
export function modelsRoute(changes: () => Readonly<Record<string, ListingChange>>): Route {
  const list = ({ url }: Call): Response => {
    const ids = url.searchParams.getAll("endpoint_id").flatMap((value) => value.split(","));
    const isExpanded = url.searchParams.getAll("expand").includes("openapi-3.0");
    if (ids.length > (isExpanded ? mostExpanded : mostIds)) return refuse(422, "Too many endpoint ids");
    const models = ids.map((id) => modelOf(id, changes()[id] ?? {}, isExpanded));
    return json(200, { models, next_cursor: null, has_more: false });
  };
  return { name: "models", method: "GET", pattern: /^\/v1\/models$/, takes: {}, handle: list };
}

/** An id that fal does not know comes back without anything about it. */
function modelOf(
  id: string,
  { status = "active", without = [], needs }: ListingChange,
  isExpanded: boolean,
): JsonObject {
  const endpoint = findEndpoint(id);
  if (!endpoint || status === "gone") return { endpoint_id: id };
  const metadata = { display_name: id, category: endpoint.kind === "trainer" ? "training" : "text-to-image", status };
  if (!isExpanded) return { endpoint_id: id, metadata };
  const remaining = (fields: readonly string[]): Json =>
    Object.fromEntries(fields.filter((field) => !without.includes(field)).map((field) => [field, { title: field }]));
  const { fields, required } = describedInput(endpoint);
  const input = [...fields, ...(needs === undefined ? [] : [needs])];
  const schemas: JsonObject = {
    Input: {
      type: "object",
      properties: remaining(input),
      required: [...required, ...(needs === undefined ? [] : [needs])],
    },
    Output: { type: "object", properties: remaining(describedOutput(endpoint)) },
  };
  const content = (name: string): JsonObject => ({
    content: { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } },
  });
  const paths: JsonObject = {
    [`/${id}`]: { post: { requestBody: { required: true, ...content("Input") } } },
    [`/${id}/requests/{request_id}/status`]: { get: { responses: { "200": {} } } },
    [`/${id}/requests/{request_id}`]: { get: { responses: { "200": content("Output") } } },
  };
  return { endpoint_id: id, metadata, openapi: { openapi: "3.0.4", paths, components: { schemas } } };
}
