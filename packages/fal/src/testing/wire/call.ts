import type { Json } from "@likeness/core";
import type { ZodError } from "zod";
import type { Origins } from "./origins.ts";

/** One HTTP request that found its route. */
export interface Call {
  readonly request: Request;
  readonly url: URL;
  /** The named groups of the route's pattern. */
  readonly params: Readonly<Record<string, string>>;
  /** The parsed body of a route that reads JSON. */
  readonly body: Json;
  /** Where URLs in the answer point. */
  readonly origins: Origins;
}

/** Names for `control.fault`. */
export const routeNames = [
  "submit",
  "status",
  "result",
  "cancel",
  "upload-initiate",
  "upload-bytes",
  "upload-complete",
  "files",
  "jwks",
  "history",
  "pricing",
  "models",
  "billing",
  "file-acl",
  "delete-payloads",
] as const;

export type RouteName = (typeof routeNames)[number];

/** A row of the route table. */
export interface Route {
  readonly name: RouteName;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly pattern: RegExp;
  /** Whether a key is asked for, and whether the body is JSON. */
  readonly takes: { readonly key?: boolean; readonly json?: boolean };
  handle(call: Call): Response | Promise<Response>;
}

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  Response.json(body, { status, headers });

export const notFound = (): Response => json(404, { status: "NOT_FOUND" });

/** fal's two error shapes: a text, or the list of a validation. https://fal.ai/docs/errors */
export const refuse = (status: number, detail: Json, headers?: Record<string, string>): Response =>
  json(status, { detail }, headers);

/** One entry of a validation error. */
export const issue = (loc: readonly (string | number)[], msg: string, type: string): Json => ({ loc, msg, type });

/** A body or a query that is not what the route reads. */
export const invalid = ({ issues }: ZodError, where: "body" | "query" = "body"): Response =>
  refuse(
    422,
    issues.map(({ path, message, code }) => issue([where, ...path.map(String)], message, code)),
  );
