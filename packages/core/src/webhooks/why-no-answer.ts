import { found, type Found } from "../ports/check.ts";

const certificate = (what: string): Found =>
  found.broken(
    what,
    "get a certificate for this very host from a public authority, and let the server send the whole chain",
  );

const nothing = (what: string): Found =>
  found.broken(what, "start the bot, and see whether proxy and firewall let requests through to it");

/** What the codes of a failed connection say. */
const byCode: Readonly<Record<string, Found | undefined>> = {
  CERT_HAS_EXPIRED: certificate("its certificate has expired"),
  CERT_NOT_YET_VALID: certificate("its certificate is not valid yet"),
  DEPTH_ZERO_SELF_SIGNED_CERT: certificate("its certificate is self-signed"),
  SELF_SIGNED_CERT_IN_CHAIN: certificate("its certificate is self-signed"),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: certificate("its certificate comes without its chain"),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: certificate("its certificate is of nobody who is trusted"),
  ERR_TLS_CERT_ALTNAME_INVALID: certificate("its certificate is for another host"),
  ECONNREFUSED: nothing("nothing listens there"),
  EHOSTUNREACH: nothing("the host cannot be reached"),
  ENETUNREACH: nothing("the network cannot be reached"),
  ETIMEDOUT: nothing("there is no connection"),
  UND_ERR_CONNECT_TIMEOUT: nothing("there is no connection"),
  ENOTFOUND: found.broken("there is no such host", "make its DNS record, or correct the public URL"),
  EAI_AGAIN: found.broken("its host name cannot be looked up now", "see whether DNS works on this machine"),
  ECONNRESET: nothing("the connection is closed before an answer"),
  EPIPE: nothing("the connection is closed before an answer"),
  UND_ERR_SOCKET: nothing("the connection is closed before an answer"),
};

const noTls = found.broken("it does not speak TLS", "let the proxy serve https with a certificate at this port");

/** Says why `fetch` rejected, by the code of one of its causes. */
export function whyNoAnswer(thrown: unknown): Found {
  for (const code of codesOf(thrown)) {
    const known = byCode[code];
    if (known) return known;
    if (code.startsWith("ERR_SSL_")) return noTls;
    if (/CERT|ISSUER/.test(code)) return certificate("its certificate is not trusted");
  }
  return nothing("it gives no answer");
}

/** Of an error and its causes; a host with several addresses has one for each. */
function* codesOf(thrown: unknown): Generator<string> {
  if (!(thrown instanceof Error)) return;
  const code: unknown = Reflect.get(thrown, "code");
  if (typeof code === "string") yield code;
  if (thrown instanceof AggregateError) for (const each of thrown.errors) yield* codesOf(each);
  yield* codesOf(thrown.cause);
}
