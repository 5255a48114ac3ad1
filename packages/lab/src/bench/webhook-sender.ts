/** Sends webhooks from a separate process. They are signed before the first one is sent. */
import { Agent, request } from "node:http";
import { answerQuestions } from "./child.ts";
import { signedDelivery, type SignedDelivery } from "./webhook-fixture.ts";

export interface Load {
  readonly origin: string;
  /** Numbers of the trainings that the webhooks are about. */
  readonly first: number;
  readonly count: number;
  /** A number at a time, each as soon as another was answered; or a number per second, independent of the answers. */
  readonly pace: { readonly parallel: number } | { readonly perSecond: number };
}

export interface LoadAnswer {
  /** From the first one until the last one was answered. */
  readonly milliseconds: number;
  /** From sending one until it was answered, in milliseconds. */
  readonly latencies: readonly number[];
  /** Milliseconds of processor time that the sending took. */
  readonly processor: number;
}

type Send = (delivery: SignedDelivery) => Promise<void>;

async function run({ origin, first, count, pace }: Load): Promise<LoadAnswer> {
  const deliveries = await Promise.all(Array.from({ length: count }, (_, index) => signedDelivery(first + index)));
  const agent = new Agent({ keepAlive: true });
  const latencies: number[] = [];
  const send: Send = async (delivery) => {
    const start = performance.now();
    await post(origin, agent, delivery);
    latencies.push(performance.now() - start);
  };
  const before = process.cpuUsage();
  const start = performance.now();
  await ("parallel" in pace ? inParallel(deliveries, send, pace.parallel) : steadily(deliveries, send, pace.perSecond));
  const milliseconds = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  agent.destroy();
  return { milliseconds, latencies, processor: (user + system) / 1000 };
}

async function inParallel(deliveries: readonly SignedDelivery[], send: Send, parallel: number): Promise<void> {
  const waiting = deliveries.values();
  const sendOneByOne = async () => {
    for (const delivery of waiting) await send(delivery);
  };
  await Promise.all(Array.from({ length: parallel }, sendOneByOne));
}

async function steadily(deliveries: readonly SignedDelivery[], send: Send, perSecond: number): Promise<void> {
  const start = performance.now();
  await Promise.all(
    deliveries.map(async (delivery, index) => {
      const due = start + (1000 * index) / perSecond;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
      await send(delivery);
    }),
  );
}

const post = (origin: string, agent: Agent, { url, headers, body }: SignedDelivery): Promise<void> =>
  new Promise((resolve, reject) => {
    const sent = request(`${origin}${url.pathname}${url.search}`, { method: "POST", agent, headers }, (response) => {
      response.resume().once("end", () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`a webhook was answered with ${response.statusCode}`));
      });
    });
    sent.once("error", reject).end(body);
  });

answerQuestions(run);
