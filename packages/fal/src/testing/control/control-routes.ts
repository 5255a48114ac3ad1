import { z } from "zod";
import { pictureTroubles } from "../pictures/picture-file.ts";
import { losses, outcomes, simpleWebhooks, type FalFakeBehaviour } from "../queue/behaviours.ts";
import { json, routeNames } from "../wire/call.ts";
import type { FalFakeControl } from "./control.ts";
import { forgeries } from "../webhooks/forge.ts";
import type { FalFakeRequest } from "../wire/router.ts";

export const controlPrefix = "/_control/";

/**
 * The control over HTTP: `POST /_control/next` and so on with JSON, answered with `{ "ok": true }`, sometimes with an
 * `answer`; `GET /_control/requests`, `/accepted`, `/deliveries`. Bad input is 400 with `error`. There is no key, so do
 * not make a fake reachable for others.
 */
export function controlRoutes(control: FalFakeControl, requests: readonly FalFakeRequest[]) {
  const commands: Readonly<Record<string, (body: unknown) => unknown>> = {
    next: (body) => void control.next(behaviourSchema.parse(body)),
    always: (body) => control.always(behaviourSchema.parse(body)),
    fault: (body) => {
      const { on, fault, times } = faultSchema.parse(body);
      control.fault(on, fault, times);
    },
    jwks: (body) => control.jwks(z.strictObject({ state: z.enum(["up", "down"]) }).parse(body).state),
    rotate: (body) => {
      z.strictObject({}).parse(body);
      control.rotate();
    },
    history: (body) => control.history(z.strictObject({ shows: z.enum(["finished", "all"]) }).parse(body).shows),
    balance: (body) => control.balance(z.strictObject({ dollars: z.number().optional() }).parse(body).dollars),
    list: (body) => {
      const { endpoint, ...change } = listingSchema.parse(body);
      control.list(endpoint, change);
    },
    finish: (body) => {
      const { requestId, outcome } = outcomeSchema.parse(body);
      return control.finish(requestId, outcome);
    },
    "set-progress": (body) => {
      const { requestId, step, logs } = progressSchema.parse(body);
      control.setProgress(requestId, step, logs);
    },
    expire: (body) => control.expire(z.strictObject({ requestId: z.string() }).parse(body).requestId),
    "delete-files": (body) => control.deleteFiles(z.strictObject({ requestId: z.string() }).parse(body).requestId),
    "deliver-again": (body) => {
      const { requestId, outcome } = outcomeSchema.parse(body);
      return control.deliverAgain(requestId, outcome);
    },
    send: (body) => {
      const { requestId, body: webhook } = z.strictObject({ requestId: z.string(), body: z.json() }).parse(body);
      return control.send(requestId, webhook);
    },
    release: (body) =>
      control.release(z.strictObject({ requestIds: z.array(z.string()).optional() }).parse(body).requestIds),
    forge: (body) => {
      const { requestId, kind, otherRequestId } = forgeSchema.parse(body);
      return control.forge(requestId, kind, otherRequestId);
    },
  };

  const views: Readonly<Record<string, () => unknown>> = {
    requests: () => ({ requests }),
    accepted: () => ({ accepted: control.accepted() }),
    deliveries: () => ({ deliveries: control.deliveries() }),
  };

  return async (request: Request): Promise<Response> => {
    const name = new URL(request.url).pathname.slice(controlPrefix.length);
    const table = request.method === "GET" ? views : request.method === "POST" ? commands : {};
    const command = Object.hasOwn(table, name) ? table[name] : undefined;
    if (!command) return json(404, { error: `There is no ${request.method} ${controlPrefix}${name}` });
    if (request.method === "GET") return json(200, command(undefined));
    try {
      const text = await request.text();
      const answer = await command(text === "" ? {} : JSON.parse(text));
      return json(200, { ok: true, answer });
    } catch (problem) {
      return json(400, { error: describe(problem) });
    }
  };
}

const listingSchema = z.strictObject({
  endpoint: z.string(),
  status: z.enum(["active", "deprecated", "gone"]).optional(),
  without: z.array(z.string()).optional(),
  needs: z.string().optional(),
});

const describe = (problem: unknown): string =>
  problem instanceof z.ZodError ? z.prettifyError(problem) : problem instanceof Error ? problem.message : "Bad input";

const outcomeField = z.enum(outcomes);

const seconds = z.number().min(0).max(1_000_000);

const refusalSchema = z.strictObject({
  status: z.number().int().min(400).max(599),
  body: z.json().optional(),
  retryAfter: seconds.optional(),
});

const behaviourSchema = z.strictObject({
  only: z.enum(["trainings", "pictures"]).optional(),
  submit: z.union([z.enum(["accept", "content-blocked", ...losses]), refusalSchema]).optional(),
  outcome: outcomeField.optional(),
  webhook: z
    .union([
      z.enum(simpleWebhooks),
      z.strictObject({ repeat: z.number().int().min(1).max(1000), parallel: z.boolean().optional() }),
      z.strictObject({ late: seconds }),
    ])
    .optional(),
  cancel: z.enum(["stops", "ignored"]).optional(),
  queuePosition: z.number().int().min(0).optional(),
  queueSeconds: seconds.optional(),
  trainingSeconds: seconds.optional(),
  imageSeconds: seconds.optional(),
  picture: z.enum(pictureTroubles).optional(),
}) satisfies z.ZodType<FalFakeBehaviour>;

const faultSchema = z.strictObject({
  on: z.enum(routeNames),
  fault: z.union([z.literal("drop"), refusalSchema]),
  times: z.number().int().min(1).max(1000).optional(),
});

const outcomeSchema = z.strictObject({ requestId: z.string(), outcome: outcomeField.optional() });

const progressSchema = z.strictObject({
  requestId: z.string(),
  step: z.number().int().min(0),
  logs: z.array(z.string()).optional(),
});

const forgeSchema = z.strictObject({
  requestId: z.string(),
  kind: z.enum(forgeries),
  otherRequestId: z.string().optional(),
});
