import { silentLog, systemClock, type Clock, type Log } from "@likeness/core";
import { ResultAsync } from "neverthrow";
import { z } from "zod";
import { silence, type ReplicateFailure } from "./failure.ts";
import { globalFetch, type Fetch } from "./fetch.ts";
import { replicateHosts, type ReplicateHostOverrides, type ReplicateHosts } from "./hosts.ts";
import { networkFailure } from "./network-failure.ts";
import { plainDetail } from "./plain-detail.ts";
import { waitIn } from "./wait-in.ts";

export interface ReplicateConnectionOptions {
  /** `r8_…`, of the account that pays. */
  readonly token: string;
  /** Overrides of Replicate's own hosts. */
  readonly hosts?: ReplicateHostOverrides | undefined;
  /** Default: the global one. */
  readonly fetch?: Fetch | undefined;
  /** Default: the computer's. */
  readonly clock?: Clock | undefined;
  /** Gets what an operator should know. Default: nothing is logged. */
  readonly log?: Log | undefined;
  /** Longest wait for one answer, default 30. */
  readonly requestTimeoutSeconds?: number | undefined;
}

export interface Call {
  readonly method?: "POST" | "DELETE" | undefined;
  readonly json?: unknown;
  readonly form?: FormData | undefined;
  /** Longest wait; default: that of the connection. */
  readonly seconds?: number | undefined;
}

/** The dependencies of every operation at Replicate. */
export interface ReplicateConnection {
  readonly hosts: ReplicateHosts;
  readonly clock: Clock;
  readonly log: Log;
  /**
   * One call of the API: one HTTP request that is never repeated. `target`: a path such as `/trainings/1`, or an absolute
   * address on the same host. An answer with 2xx that is no JSON is `null`.
   */
  call(target: string, call?: Call): ResultAsync<unknown, ReplicateFailure>;
}

/** An answer is an object with its log, or a page of a hundred of them. */
const longestAnswer = 64 * 1024 * 1024;

export function replicateConnection(options: ReplicateConnectionOptions): ReplicateConnection {
  const { token, fetch = globalFetch, clock = systemClock, log = silentLog, requestTimeoutSeconds = 30 } = options;
  if (!/^[\x21-\x7e]+$/.test(token)) throw new Error("the Replicate token must be printable and without spaces");
  const hosts = replicateHosts(options.hosts);

  const send = async (target: string, { method, json, form, seconds = requestTimeoutSeconds }: Call) => {
    const url = new URL(target.startsWith("/") ? `${hosts.api}/v1${target}` : target);
    if (url.origin !== hosts.api) throw silence("the address is on another host", "never");
    const response = await fetch(url, {
      method: method ?? "GET",
      headers: {
        authorization: `Bearer ${token}`,
        accept: "application/json",
        ...(json !== undefined && { "content-type": "application/json" }),
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(form && { body: form }),
      redirect: "manual",
      signal: AbortSignal.timeout(seconds * 1000),
    });
    const { ok, status, headers } = response;
    const body = await readJson(response);
    if (ok) return body;
    const said = problem.safeParse(body).data;
    const detail = plainDetail(said?.detail ?? said?.title ?? "") || `status ${status}`;
    throw { type: "answer", status, detail, retryAfterSeconds: waitIn(headers, detail) } satisfies ReplicateFailure;
  };

  return {
    hosts,
    clock,
    log,
    call: (target, call = {}) => ResultAsync.fromPromise(send(target, call), failureOf),
  };
}

const failureOf = (thrown: unknown): ReplicateFailure => (isFailure(thrown) ? thrown : networkFailure(thrown));

const isFailure = (thrown: unknown): thrown is ReplicateFailure =>
  typeof thrown === "object" && thrown !== null && "type" in thrown && "detail" in thrown;

/** Gateways answer in HTML. */
async function readJson({ body }: Response): Promise<unknown> {
  if (!body) return null;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > longestAnswer) throw silence("the answer is too long");
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    return null;
  }
}

/** Problem details, RFC 7807. */
const problem = z.object({ title: z.string().nullish(), detail: z.string().nullish() });
