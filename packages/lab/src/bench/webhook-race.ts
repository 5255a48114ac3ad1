import { startChild, type Child } from "./child.ts";
import { engines, type EngineName } from "./engines.ts";
import { startOriginal } from "./original-endpoint.ts";
import type { Site } from "./storage.ts";
import type { ServerQuestion } from "./webhook-server.ts";
import type { Load, LoadAnswer } from "./webhook-sender.ts";

export interface Contender {
  readonly name: string;
  readonly engine: EngineName;
  /** Whether it is the bare handler on that engine, with which Likeness on it is compared. */
  readonly bare: boolean;
  /** It is the original's endpoint, in shape. */
  readonly original?: true;
}

/** The webhooks that every contender gets, a number of times. */
export interface Heat {
  readonly rounds: number;
  readonly count: number;
  readonly pace: Load["pace"];
}

export interface Received extends LoadAnswer {
  /** Milliseconds from the first webhook until all owners were told; until the last answer where no jobs run. */
  readonly told: number;
}

export interface RaceOptions {
  readonly contenders: readonly Contender[];
  readonly heats: readonly Heat[];
  /** Whether jobs run in the process that receives. */
  readonly jobs: boolean;
}

type Sender = Child<Load, LoadAnswer>;
type Server = Child<ServerQuestion, string>;

/** Not measured: a warm-up until the code of all contenders is compiled. */
const warmUp: Omit<Heat, "rounds"> = { count: 500, pace: { parallel: 32 } };

/**
 * Sends webhooks from a separate process to all contenders alternately, in rounds, so that other load of the machine
 * affects all equally. Each contender is a process with its own database. Returns for each heat, and each contender in the
 * given order, the results of each round.
 */
export async function race({ contenders, heats, jobs }: RaceOptions): Promise<Received[][][]> {
  const trainings = heats.reduce((sum, { rounds, count }) => sum + rounds * count, warmUp.count);
  const sender: Sender = startChild("webhook-sender.ts");
  const children: { stop(): void | Promise<void> }[] = [sender];
  const sites: Site[] = [];
  try {
    const receivers = [];
    for (const { engine, bare, original } of contenders) {
      const site = await engines[engine].newSite();
      sites.push(site);
      if (original) {
        const endpoint = await startOriginal(await site.newDatabase(), trainings);
        children.push(endpoint);
        receivers.push(receiver({ sender, origin: endpoint.origin }));
        continue;
      }
      const server: Server = startChild("webhook-server.ts");
      children.push(server);
      const origin = await server.ask({ engine, bare, database: await site.newDatabase(), jobs, trainings });
      receivers.push(receiver({ sender, origin, ...(jobs && !bare && { jobs: server }) }));
    }
    for (const receive of receivers) await receive(warmUp);
    const results = [];
    for (const heat of heats) results.push(await inTurn(receivers, heat));
    return results;
  } finally {
    for (const child of children) await child.stop();
    for (const site of sites) await site.close();
  }
}

interface ReceiverOptions {
  readonly sender: Sender;
  readonly origin: string;
  /** The server, if jobs run in it. */
  readonly jobs?: Server;
}

type Receiver = ReturnType<typeof receiver>;

/** Ends when no job is left, so that no jobs run while another contender is measured. */
function receiver({ sender, origin, jobs }: ReceiverOptions) {
  let sent = 0;
  return async ({ count, pace }: Omit<Heat, "rounds">): Promise<Received> => {
    const answer = await sender.ask({ origin, first: sent, count, pace });
    const answered = performance.now();
    sent += count;
    await jobs?.ask({ told: sent });
    return { ...answer, told: answer.milliseconds + performance.now() - answered };
  };
}

/** Rotates the order: the first contender of a round is the last one of the next. */
async function inTurn(receivers: readonly Receiver[], heat: Heat): Promise<Received[][]> {
  const results = receivers.map((receive) => ({ receive, received: [] as Received[] }));
  for (let round = 0; round < heat.rounds; round++)
    for (const { receive, received } of round % 2 === 0 ? results : results.toReversed())
      received.push(await receive(heat));
  return results.map(({ received }) => received);
}
