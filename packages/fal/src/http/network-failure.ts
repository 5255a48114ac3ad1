import { silence, type FalSilence } from "./failure.ts";

const untrusted = silence("certificate not trusted", "never");
const noCommonTls = silence("TLS handshake failed", "never");

/** Describes a failed `fetch` by the code of its cause. With any other code the request counts as possibly sent. */
const byCode: Readonly<Record<string, FalSilence | undefined>> = {
  ECONNREFUSED: silence("connection refused", "never"),
  ENOTFOUND: silence("host name not found", "never"),
  EAI_AGAIN: silence("host name could not be looked up", "never"),
  EHOSTUNREACH: silence("host unreachable", "never"),
  ENETUNREACH: silence("network unreachable", "never"),
  UND_ERR_CONNECT_TIMEOUT: silence("no connection in time", "never"),
  CERT_HAS_EXPIRED: silence("certificate expired", "never"),
  CERT_NOT_YET_VALID: silence("certificate not valid yet", "never"),
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: silence("certificate of another host", "never"),
  ERR_SSL_WRONG_VERSION_NUMBER: silence("the host does not speak TLS", "never"),
  ERR_SSL_UNSUPPORTED_PROTOCOL: noCommonTls,
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: noCommonTls,
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: noCommonTls,
  "ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE": noCommonTls,
  ECONNRESET: silence("connection reset"),
  EPIPE: silence("connection closed"),
  ETIMEDOUT: silence("connection timed out"),
  UND_ERR_SOCKET: silence("connection closed"),
  UND_ERR_HEADERS_TIMEOUT: silence("no answer in time"),
  UND_ERR_BODY_TIMEOUT: silence("no complete answer in time"),
};

/** Failures without a code, found by words in their message, before the codes. */
const byPhrase: readonly (readonly [string, FalSilence])[] = [
  ["before secure TLS connection was established", noCommonTls],
  ["bad port", silence("fetch does not connect to this port", "never")],
  ["unexpected redirect", silence("unexpected redirect")],
];

/** A request that failed in these steps was not sent. */
const connecting = ["connect", "getaddrinfo"];

/** Describes why `fetch` threw, without addresses. */
export function networkFailure(thrown: unknown): FalSilence {
  for (const error of causes(thrown)) {
    const known = byPhrase.find(([phrase]) => error.message.includes(phrase))?.[1] ?? byCode[error.code];
    if (connecting.includes(error.syscall)) return silence(known?.detail ?? "no connection", "never");
    if (known) return known;
    if (error.name === "TimeoutError") return silence("no answer in time");
  }
  return silence("no answer");
}

interface Cause {
  readonly name: string;
  readonly message: string;
  readonly code: string;
  readonly syscall: string;
}

/** An error and its causes, outermost first; a host with several addresses has one error for each. */
function* causes(error: unknown): Generator<Cause> {
  if (!(error instanceof Error)) return;
  const { name, message, cause } = error;
  yield { name, message, code: text(error, "code"), syscall: text(error, "syscall") };
  if (error instanceof AggregateError) for (const part of error.errors) yield* causes(part);
  yield* causes(cause);
}

function text(error: Error, name: "code" | "syscall"): string {
  const value: unknown = Reflect.get(error, name);
  return typeof value === "string" ? value : "";
}
