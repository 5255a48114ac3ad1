/** Receives webhooks in a separate process: the bare handler, or Likeness on one of its engines. */
import { createLikeness, systemClock as clock, uuidV7 } from "@likeness/core";
import likeness from "@likeness/fastify";
import { recordingNotifier, testPorts, valueOf } from "@likeness/testing";
import fastify from "fastify";
import { fillWithTrainings } from "./avatar-rows.ts";
import { bareWebhooks } from "./bare-webhooks.ts";
import { answerQuestions } from "./child.ts";
import { engines, type EngineName } from "./engines.ts";
import { intake } from "./webhook-fixture.ts";

export interface ListenQuestion {
  readonly engine: EngineName;
  /** Whether it is the bare handler. */
  readonly bare: boolean;
  /** A new one. */
  readonly database: string;
  /** Whether jobs run in this process. If not, they stay in the queue. */
  readonly jobs: boolean;
  /** How many trainings there are to hear of. */
  readonly trainings: number;
}

/** Answered with the origin, or with nothing once this number of owners was told, each about one webhook. */
export type ServerQuestion = ListenQuestion | { readonly told: number };

const app = fastify();
const notifier = recordingNotifier();

async function listen({ engine, bare, ...options }: ListenQuestion): Promise<string> {
  if (bare) await bareWebhooks(app, engine, options.database);
  else await app.register(likeness, { webhooks: (await likenessOn(engine, options)).webhooks });
  return app.listen({ host: "127.0.0.1", port: 0 });
}

async function likenessOn(engine: EngineName, { database, jobs, trainings }: Omit<ListenQuestion, "engine" | "bare">) {
  const storage = await engines[engine].open(database);
  await fillWithTrainings(storage, trainings);
  const { store, queue } = storage;
  const { ports } = testPorts();
  const provider = { ...ports.provider, name: intake.receiver.source };
  const ids = uuidV7(clock);
  const made = createLikeness({ ...ports, store, queue, provider, notifier, webhooks: intake, clock, ids });
  if (jobs) await valueOf(made.start());
  return made;
}

async function untilTold(count: number): Promise<string> {
  while (notifier.attempts.length < count) await new Promise((resolve) => setTimeout(resolve, 2));
  return "";
}

answerQuestions((question: ServerQuestion) => ("told" in question ? untilTold(question.told) : listen(question)));
