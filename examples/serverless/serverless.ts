import { webhookPath, type JobHandlers, type Likeness } from "@likeness/core";
import { bearerCheck } from "./bearer-check.ts";

export interface ServerlessOptions {
  /** What the host's cron sends as `Authorization: Bearer …`. At least 16 characters. */
  readonly cronSecret: string;
  /** The handlers of the channels, as `likeness.start` takes them. */
  readonly handlers?: JobHandlers | undefined;
  /** Goes on with work when the response was sent, e.g. `waitUntil` of Vercel; absent: the next cron does the work. */
  readonly afterwards?: ((work: Promise<unknown>) => void) | undefined;
}

/** For a function of 60 s: what a paid request may need to end (30 s) has to fit behind the deadline. */
const cronLimits = { limit: 200, deadlineMs: 25_000 };
const webhookLimits = { limit: 5, deadlineMs: 10_000 };

/** All that a host without workers serves: the provider's webhooks, and a cron that runs what is due. */
export function serverless(
  likeness: Pick<Likeness, "webhooks" | "runDue" | "ports">,
  { cronSecret, handlers, afterwards }: ServerlessOptions,
): (request: Request) => Promise<Response> {
  const isCron = bearerCheck(cronSecret);

  // Nobody waits for an answer any more; what is left is the next cron's.
  const runAfterwards = (): Promise<void> =>
    likeness.runDue({ ...webhookLimits, handlers }).match(
      () => undefined,
      ({ type }) => likeness.ports.log.error({ error: type }, "what is due could not be run behind a webhook"),
    );

  const webhook = async (request: Request): Promise<Response> => {
    const response = await likeness.webhooks.handle(request);
    if (response.ok) afterwards?.(runAfterwards());
    return response;
  };

  const cron = async (request: Request): Promise<Response> => {
    if (!isCron(request)) return Response.json({ error: "unauthorized" }, { status: 401 });
    const ran = await likeness.runDue({ ...cronLimits, handlers });
    return ran.match(
      (run) => Response.json(run),
      ({ type }) => Response.json({ error: type }, { status: 503 }),
    );
  };

  return async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === webhookPath) return webhook(request);
    if (pathname === "/cron") return cron(request);
    return Response.json({ error: "not-found" }, { status: 404 });
  };
}
