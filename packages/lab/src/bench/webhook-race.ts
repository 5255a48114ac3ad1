import { startChild, type Child } from "./child.ts";
import { engines, type EngineName } from "./engines.ts";
import type { Site } from "./storage.ts";
import type { ServerQuestion } from "./webhook-server.ts";
import type { Load, LoadAnswer } from "./webhook-sender.ts";

export interface Subject {
  readonly name: string;
  /** Absent: the bare handler. */
  readonly engine?: EngineName;
}

/** What every subject is sent, so many times. */
export interface Heat {
  readonly rounds: number;
  readonly count: number;
  readonly pace: Load["pace"];
}

export interface Received extends LoadAnswer {
  /** Milliseconds from the first webhook until everybody was told; until the last answer where no jobs run. */
  readonly told: number;
}

export interface RaceOptions {
  readonly subjects: readonly Subject[];
  readonly heats: readonly Heat[];
  /** Whether jobs run in the process that receives. */
  readonly jobs: boolean;
}

type Sender = Child<Load, LoadAnswer>;
type Server = Child<ServerQuestion, string>;

/** Not measured: until everybody is compiled. */
const warmUp: Omit<Heat, "rounds"> = { count: 500, pace: { parallel: 32 } };

/**
 * Sends webhooks from a process of its own to everybody in turn, round after round, so that whatever else the machine is
 * doing meets all alike. Each subject is a process with a database of its own. Answers of each heat, of each subject in
 * the order given, what it took in each round.
 */
export async function race({ subjects, heats, jobs }: RaceOptions): Promise<Received[][][]> {
  const trainings = heats.reduce((sum, { rounds, count }) => sum + rounds * count, warmUp.count);
  const sender: Sender = startChild("webhook-sender.ts");
  const children: Child<never, unknown>[] = [sender];
  const sites: Site[] = [];
  try {
    const receivers = [];
    for (const { engine } of subjects) {
      const site = await engines[engine ?? "SQLite"].newSite();
      sites.push(site);
      const server: Server = startChild("webhook-server.ts");
      children.push(server);
      const origin = await server.ask({ engine, database: await site.newDatabase(), jobs, trainings });
      receivers.push(receiver({ server, sender, origin, jobs: jobs && engine !== undefined }));
    }
    for (const receive of receivers) await receive(warmUp);
    const results = [];
    for (const heat of heats) results.push(await inTurn(receivers, heat));
    return results;
  } finally {
    for (const child of children) child.stop();
    for (const site of sites) await site.close();
  }
}

interface ReceiverOptions {
  readonly server: Server;
  readonly sender: Sender;
  readonly origin: string;
  readonly jobs: boolean;
}

type Receiver = ReturnType<typeof receiver>;

/** Ends when there is nothing left to do, so that nobody's jobs run while others are measured. */
function receiver({ server, sender, origin, jobs }: ReceiverOptions) {
  let sent = 0;
  return async ({ count, pace }: Omit<Heat, "rounds">): Promise<Received> => {
    const answer = await sender.ask({ origin, first: sent, count, pace });
    const answered = performance.now();
    sent += count;
    if (jobs) await server.ask({ told: sent });
    return { ...answer, told: answer.milliseconds + performance.now() - answered };
  };
}

/** Who is first in a round is last in the next one. */
async function inTurn(receivers: readonly Receiver[], heat: Heat): Promise<Received[][]> {
  const results = receivers.map((receive) => ({ receive, received: [] as Received[] }));
  for (let round = 0; round < heat.rounds; round++)
    for (const { receive, received } of round % 2 === 0 ? results : results.toReversed())
      received.push(await receive(heat));
  return results.map(({ received }) => received);
}
