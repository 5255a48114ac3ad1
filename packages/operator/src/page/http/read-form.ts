import { readRequestBody, type BodyRefused, type Clock } from "@likeness/core";
import { errAsync, type ResultAsync } from "neverthrow";

/** Why a form was not read. */
export type FormRefused = BodyRefused | { readonly type: "not-a-form" };

/** The longest form holds an id of 1,000 characters, each of up to 12 when encoded. */
const mostBytes = 16_384;

/** Reads a form as browsers encode it. */
export function readForm(clock: Clock, request: Request): ResultAsync<URLSearchParams, FormRefused> {
  const [type = ""] = (request.headers.get("content-type") ?? "").split(";");
  if (type.trim().toLowerCase() !== "application/x-www-form-urlencoded") return errAsync({ type: "not-a-form" });
  return readRequestBody(clock, request, mostBytes).map(
    (bytes) => new URLSearchParams(new TextDecoder().decode(bytes)),
  );
}
