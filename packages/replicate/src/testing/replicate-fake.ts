import { systemClock, type Clock } from "@likeness/core";
import { timers } from "@likeness/fake-server/timers";
import { replicateProfiles } from "../profiles/replicate-profiles.ts";
import { replicateRecipes } from "../recipes/replicate-recipes.ts";
import { gatewayTimeout, invalidVersion, notFound, problem, throttled } from "./answers.ts";
import { behaviours, type ReplicateFakeBehaviour, type ReplicateFakeOutcome } from "./behaviour.ts";
import { describedModels, type ModelChange } from "./described-models.ts";
import { hasEnded, runs, type FakeRun, type NewRun, type RunStatus } from "./runs.ts";
import { uploads } from "./uploads.ts";
import { newSecret, webhooks, type ReplicateFakeDelivery } from "./webhooks.ts";

export interface ReplicateFakeOptions {
  /** The only token that is accepted; others get 401. Default `r8_fake`. */
  readonly token?: string | undefined;
  /** Name of the account, which owns the destinations. Default `acme`. */
  readonly account?: string | undefined;
  readonly clock?: Clock | undefined;
  /** Default 1. */
  readonly queueSeconds?: number | undefined;
  /** Default 3. */
  readonly runSeconds?: number | undefined;
  /** Delivers webhooks. Default: the global fetch. */
  readonly deliver?: typeof fetch | undefined;
}

export interface ReplicateFakeRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Where a paid request wants to be reported. */
  readonly webhook?: string | undefined;
  /** Of the answer; absent where there was none. */
  readonly status?: number | undefined;
}

/** A training or a prediction that was accepted. */
export type ReplicateFakeRun = Readonly<
  Pick<FakeRun, "id" | "kind" | "model" | "input" | "webhook" | "status" | "createdAt">
> & { readonly outcome: ReplicateFakeOutcome };

/** Plays what Replicate does by itself, and its troubles. */
export interface ReplicateFakeControl {
  /** The next paid request, once. */
  next(behaviour: ReplicateFakeBehaviour): void;
  /** All paid requests that have no behaviour of their own. */
  always(behaviour: ReplicateFakeBehaviour): void;
  /** Moves a run that has not ended, e.g. `canceled` as somebody does in the dashboard. */
  move(id: string, to: RunStatus): Promise<void>;
  /** A new webhook secret. `overlap`: the former one signs too, as while it is being changed. */
  rotateSecret(options?: { readonly overlap?: boolean | undefined }): string;
  /** Whether the secret can be fetched. */
  secretAvailable(available: boolean): void;
  /** Makes a model public, as somebody does in the dashboard. */
  makePublic(model: string): void;
  /** What Replicate says about a model, `owner/name` with a version if it has one: it is gone, or has a field no longer. */
  describe(endpoint: string, change: ModelChange): void;
}

export interface ReplicateFake {
  /** All of Replicate as one handler: the API under `/v1/`, and the files of results. */
  fetch(request: Request): Promise<Response>;
  readonly control: ReplicateFakeControl;
  /** Everything that came in, in order. */
  readonly requests: readonly ReplicateFakeRequest[];
  /** Every run that was accepted, in order, as it is now. */
  runs(): readonly ReplicateFakeRun[];
  /** Every attempt to deliver a webhook, in order. */
  readonly deliveries: readonly ReplicateFakeDelivery[];
  /** How many webhooks were not taken yet and will be tried again. */
  waitingWebhooks(): number;
  /** The bytes of an upload, by its address. */
  upload(url: string): Uint8Array | undefined;
  /** Stops timers and webhooks. Afterwards every request is a network error. */
  close(): void;
}

const endpoints = [...Object.values(replicateProfiles), ...Object.values(replicateRecipes)].map(
  ({ endpoint }) => endpoint,
);

const pageLength = 100;

type Body = Readonly<Record<string, unknown>>;

/** Notes where a request wants to be reported. */
type WantsWebhook = (webhook: string | undefined) => void;

/**
 * A local Replicate: unmodified clients talk to it in Replicate's wire format. It trains nothing, draws pictures by code,
 * costs nothing and sends requests only to the webhook URLs it is given. Everything is in memory.
 *
 * @example
 * const fake = replicateFake();
 * const { url, close } = await serveReplicateFake(fake);
 * fake.control.next({ outcome: "aborted" });
 */
export function replicateFake(options: ReplicateFakeOptions = {}): ReplicateFake {
  const { token = "r8_fake", account = "acme", clock = systemClock } = options;
  const { queueSeconds = 1, runSeconds = 3, deliver = (...call) => fetch(...call) } = options;
  const time = timers(clock);
  const described = describedModels();
  const manners = behaviours({
    submit: "accept",
    outcome: "succeeded",
    webhook: "once",
    queueSeconds,
    runSeconds,
    logBytes: 0,
  });
  let secrets: readonly [string, ...string[]] = [newSecret()];
  let hasSecret = true;
  const models = new Map<string, string>();
  const requests: { -readonly [Name in keyof ReplicateFakeRequest]: ReplicateFakeRequest[Name] }[] = [];
  const files = uploads(time);
  const announcer = webhooks(time, deliver, () => secrets);
  const all = runs(time, (run) => announcer.announce(run, all.shown(run)));

  const modelShown = (name: string, visibility: string) => ({ url: `https://replicate.com/${name}`, name, visibility });

  const createModel = ({ owner, name, visibility }: Body): Response => {
    const model = `${String(owner)}/${String(name)}`;
    if (owner !== account) return notFound();
    if (models.has(model)) return problem(409, "A model with that name and owner already exists.");
    models.set(model, String(visibility));
    return Response.json(modelShown(model, String(visibility)), { status: 201 });
  };

  const submit = async (wanted: NewRun): Promise<Response> => {
    const behaviour = manners.take();
    const { submit: answer } = behaviour;
    if (answer === "drop-before-accepting") return Response.error();
    if (typeof answer === "object") {
      if (answer.status === 429) return throttled(answer.retryAfter ?? 30);
      return problem(answer.status, answer.detail ?? "The request was refused.");
    }
    const run = all.add(wanted, behaviour);
    if (behaviour.webhook === "before-answer") await all.finish(run);
    if (answer === "504-after-accepting") return gatewayTimeout();
    return answer === "drop-after-accepting" ? Response.error() : Response.json(all.shown(run), { status: 201 });
  };

  const listed = (kind: FakeRun["kind"], url: URL): Response => {
    const start = Number(url.searchParams.get("cursor") ?? 0);
    const after = url.searchParams.get("created_after") ?? "";
    const found = all.list(kind).filter(({ createdAt }) => createdAt >= after);
    const results = found.slice(start, start + pageLength).map((run) => all.shown(run));
    const next = new URL(url);
    next.searchParams.set("cursor", String(start + pageLength));
    const hasMore = found.length > start + pageLength;
    return Response.json({ next: hasMore ? next.href : null, previous: null, results });
  };

  const kinds = { trainings: "training", predictions: "prediction" } as const;
  const isKind = (name: string): name is keyof typeof kinds => name in kinds;

  const runOf = (name: keyof typeof kinds, id: string): FakeRun | undefined => {
    const run = all.find(id);
    return run?.kind === kinds[name] ? run : undefined;
  };

  const cancel = async (run: FakeRun): Promise<Response> => {
    if (!hasEnded(run)) await all.move(run, "canceled");
    return Response.json(all.shown(run));
  };

  const post = async (request: Request, url: URL, parts: readonly string[], wants: WantsWebhook): Promise<Response> => {
    const [first = "", second = "", third = "", fourth = "", fifth = "", sixth] = parts;
    const { origin } = url;
    if (first === "files") return files.add(request, origin);
    if (isKind(first) && third === "cancel") {
      const run = runOf(first, second);
      return run ? cancel(run) : notFound();
    }
    const body = (await request.json().catch(() => ({}))) as Body;
    const input = (body["input"] ?? {}) as Body;
    const webhook = typeof body["webhook"] === "string" ? body["webhook"] : undefined;
    wants(webhook);
    const common = { input, origin, ...(webhook !== undefined && { webhook }) };
    const model = `${second}/${third}`;
    if (first === "models" && second === "") return createModel(body);
    if (first === "models" && fourth === "versions" && sixth === "trainings") {
      if (!endpoints.some((endpoint) => endpoint === `${model}:${fifth}`)) return invalidVersion();
      const destination = String(body["destination"]);
      if (!models.has(destination)) return notFound();
      return submit({ kind: "training", model, version: fifth, destination, ...common });
    }
    if (first === "models" && fourth === "predictions")
      return endpoints.some((endpoint) => endpoint === model)
        ? submit({ kind: "prediction", model, version: "hidden", ...common })
        : notFound();
    if (first === "predictions" && second === "") {
      const known = endpoints.find((endpoint) => endpoint.endsWith(`:${String(body["version"])}`));
      const [name = "", version = ""] = known?.split(":") ?? [];
      return known ? submit({ kind: "prediction", model: name, version, ...common }) : invalidVersion();
    }
    return notFound();
  };

  const get = (url: URL, parts: readonly string[]): Response => {
    const [first = "", second = "", third = ""] = parts;
    if (first === "account") return Response.json({ type: "organization", username: account, name: account });
    if (first === "files") return files.show(second);
    if (first === "webhooks" && second === "default" && third === "secret")
      return hasSecret ? Response.json({ key: secrets[0] }) : problem(503, "Service unavailable");
    if (first === "models" && described.isKnown(parts)) return described.answer(parts);
    if (first === "models") {
      const visibility = models.get(`${second}/${third}`);
      return visibility === undefined ? notFound() : Response.json(modelShown(`${second}/${third}`, visibility));
    }
    if (!isKind(first)) return notFound();
    if (second === "") return listed(kinds[first], url);
    const run = runOf(first, second);
    return run ? Response.json(all.shown(run)) : notFound();
  };

  const answer = async (request: Request, wants: WantsWebhook): Promise<Response> => {
    const { method, headers } = request;
    const url = new URL(request.url);
    const file = all.file(url.pathname);
    if (file) return new Response(new Uint8Array(file));
    if (url.pathname.startsWith("/_delivery/")) return new Response(null, { status: 404 });
    if (headers.get("authorization") !== `Bearer ${token}`)
      return problem(401, "You did not pass a valid authentication token", { title: "Unauthenticated" });
    const parts = url.pathname
      .replace(/^\/v1\//, "")
      .split("/")
      .map(decodeURIComponent);
    if (method === "GET") return get(url, parts);
    if (method === "DELETE" && parts[0] === "files") return files.delete(parts[1] ?? "");
    if (method === "DELETE" && parts[0] === "models" && parts[3] === "versions")
      return all.deleteVersion(`${parts[1]}/${parts[2]}:${parts[4]}`)
        ? new Response(null, { status: 202 })
        : notFound();
    return method === "POST" ? post(request, url, parts, wants) : notFound();
  };

  const noted = async (request: Request): Promise<Response> => {
    const entry: (typeof requests)[number] = { method: request.method, path: new URL(request.url).pathname };
    requests.push(entry);
    const response = await answer(request, (webhook) => (entry.webhook = webhook));
    if (response.type !== "error") entry.status = response.status;
    return response;
  };

  return {
    fetch: async (request) => (time.closing.aborted ? Response.error() : noted(request)),
    control: {
      next: manners.next,
      always: manners.always,
      move: async (id, to) => {
        const run = all.find(id);
        if (run) await all.move(run, to);
      },
      rotateSecret: ({ overlap = false } = {}) => {
        const [former] = secrets;
        secrets = overlap ? [newSecret(), former] : [newSecret()];
        return secrets[0];
      },
      secretAvailable: (available) => {
        hasSecret = available;
      },
      makePublic: (model) => void models.set(model, "public"),
      describe: described.change,
    },
    requests,
    runs: () =>
      all.all().map((run) => {
        const { id, kind, model, input, webhook, status, createdAt, behaviour } = run;
        return { id, kind, model, input, webhook, status, createdAt, outcome: behaviour.outcome };
      }),
    deliveries: announcer.deliveries,
    waitingWebhooks: announcer.waiting,
    upload: (url) => files.content(new URL(url).pathname.split("/").at(-1) ?? ""),
    close: time.close,
  };
}
