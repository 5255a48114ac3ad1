import { silence, type ReplicateSilence } from "./failure.ts";

/** The codes of errors that come before a request is sent. With any other the request counts as possibly sent. */
const unsent: Readonly<Record<string, string | undefined>> = {
  ECONNREFUSED: "connection refused",
  ENOTFOUND: "host name not found",
  EAI_AGAIN: "host name could not be looked up",
  EHOSTUNREACH: "host unreachable",
  ENETUNREACH: "network unreachable",
  UND_ERR_CONNECT_TIMEOUT: "no connection in time",
  CERT_HAS_EXPIRED: "certificate expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "certificate of another host",
};

/** Describes why `fetch` threw, without addresses. */
export function networkFailure(thrown: unknown): ReplicateSilence {
  for (const error of causes(thrown)) {
    const known = unsent["code" in error ? String(error.code) : ""];
    if (known !== undefined) return silence(known, "never");
    if (error.name === "TimeoutError") return silence("no answer in time");
  }
  return silence("no answer");
}

/** An error and its causes, outermost first. */
function* causes(error: unknown): Generator<Error> {
  if (!(error instanceof Error)) return;
  yield error;
  yield* causes(error.cause);
}
