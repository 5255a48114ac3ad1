import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { chatOf } from "./host/chat-of.ts";
import type { Order } from "./host/protocol.ts";
import { keptReplica, type KeptReplica } from "./stage/kept-replica.ts";
import { openStage, type Stage } from "./stage/stage.ts";
import { untilIdle } from "./stage/until-idle.ts";
import type { EngineServer } from "./engines/engine.ts";
import { engines, type EngineName } from "./engines/engines.ts";
import { judge, type ExpectedSet, type Verdict } from "./invariants.ts";
import { messageHeldSeconds } from "./kill-points.ts";
import { seededRandom } from "./random.ts";
import { soakPlan, type SoakStep } from "./soak-plan.ts";
import type { VendorName } from "./vendors/vendor.ts";
import { vendors } from "./vendors/vendors.ts";

export interface SoakOptions {
  readonly engine: EngineName;
  readonly vendor: VendorName;
  readonly seed: number;
  readonly seconds: number;
  /** How long a lost answer is searched for, which takes long while processes are being killed. */
  readonly unknownDeadlineSeconds: number;
  readonly signal: AbortSignal;
  /** Gets a short line for every event. */
  readonly tell: (what: string) => void;
}

export interface SoakReport extends Verdict {
  readonly trainings: number;
  readonly pictures: number;
  readonly kills: number;
  readonly restarts: number;
  /** How many times a replica ended without being killed, and was restarted. */
  readonly ownEnds: number;
  /** The output of the processes, when an invariant is broken. */
  readonly written: string;
}

/** Runs replicas through a plan of orders, kills and faults, then waits until no work is left and checks the state. */
export async function runSoak(options: SoakOptions): Promise<SoakReport> {
  const { engine: name, vendor, seed, seconds, unknownDeadlineSeconds, signal, tell } = options;
  const engine = engines[name];
  const folder = await mkdtemp(join(tmpdir(), "likeness-soak-databases-"));
  const server = await engine.start(folder);
  const stage = await openStage(name, server, await vendors[vendor](), {
    unknownDeadlineSeconds,
    // Counted from the placing, so it passes while fal takes the order later, too.
    imageDeadlineSeconds: 2 * unknownDeadlineSeconds,
    imageWrongSeconds: 20,
  });
  const replicas = Array.from({ length: engine.replicas }, () => keptReplica(stage));
  try {
    await Promise.all(replicas.map((replica) => replica.ready()));
    const plan = planRunner({ stage, server, replicas, signal });
    const started = performance.now();
    const { troubles } = stage.vendor;
    const steps = soakPlan({ random: seededRandom(seed), seconds, replicas: engine.replicas, troubles });
    for (const { seconds: at, step } of steps) {
      await wait(Math.max(0, started + at * 1_000 - performance.now()), undefined, { signal });
      tell(step.type);
      plan.take(step);
    }
    stage.telegram.control.clearFaults();
    await plan.underWay();
    tell("coming to rest");
    const expected = { owners: plan.owners, sets: plan.sets, doublesAllowed: plan.doublesAllowed() };
    const idleSeconds = 100 + 2 * unknownDeadlineSeconds + 3 * messageHeldSeconds + 5 * engine.recoverySeconds;
    const left = await untilIdle(stage, expected, { seconds: idleSeconds, signal });
    const verdict = judge(left, expected);
    const trainings = left.orders.filter(({ kind }) => kind === "training").length;
    const pictures = left.orders.length - trainings;
    const broken = [...verdict.broken, ...(await stage.vendor.acceptedForgeries())];
    const { kills, restarts } = plan.counted();
    const ownEnds = replicas.reduce((sum, replica) => sum + replica.ownEnds(), 0);
    return {
      ...verdict,
      broken,
      trainings,
      pictures,
      kills,
      restarts,
      ownEnds,
      written: broken.length > 0 ? stage.written() : "",
    };
  } finally {
    for (const replica of replicas) replica.release();
    await stage.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Owners whose avatars are ready from the beginning. */
const painters = ["telegram:501", "telegram:502"] as const;

/** Those whose trainings have ended with success; none while the database is away. */
const readyOwners = ({ watched }: Stage): Promise<string[]> =>
  watched.db
    .selectFrom("likeness_avatar")
    .select("owner_id")
    .where("status", "=", "ready")
    .where("owner_id", "not in", [...painters])
    .execute()
    .then(
      (rows) => rows.map(({ owner_id }) => owner_id),
      () => [],
    );

interface PlanRunnerOptions {
  readonly stage: Stage;
  readonly server: EngineServer;
  readonly replicas: readonly KeptReplica[];
  readonly signal: AbortSignal;
}

/** Takes the steps of a plan, and counts what follows from them. */
function planRunner({ stage, server, replicas, signal }: PlanRunnerOptions) {
  const owners: string[] = [];
  const sets: ExpectedSet[] = [];
  const working = new Set<Promise<unknown>>();
  let [kills, restarts, lostAnswers] = [0, 0, 0];
  let restarting = Promise.resolve();

  /** Repeats the order at one replica after the other until one has stored it, as an owner without an answer would. */
  const place = async (order: Order): Promise<void> => {
    for (let attempt = owners.length + sets.length; ; attempt++) {
      signal.throwIfAborted();
      const answer = await replicas[attempt % replicas.length]?.order(order);
      if (answer === "ordered") return;
      await wait(200, undefined, { signal });
    }
  };

  const steps: { readonly [Type in SoakStep["type"]]: (step: Extract<SoakStep, { type: Type }>) => Promise<unknown> } =
    {
      order: ({ request: { trouble, pace } }) => {
        const owner = `telegram:${1_000 + owners.length}`;
        owners.push(owner);
        stage.telegram.control.person(chatOf(owner)).says("/start");
        stage.vendor.troubles.next(trouble, pace);
        return place({ kind: "training", owner, key: "the-order" });
      },
      pictures: async ({ owner: chosen, from, requests }) => {
        const ready = [...painters, ...(await readyOwners(stage))];
        const owner = ready[Math.floor(chosen * ready.length)] ?? painters[0];
        const key = `set-${sets.length}`;
        sets.push({ owner, key });
        for (const { trouble, pace } of requests)
          stage.vendor.troubles.next(trouble, { ...pace, training: pace.picture });
        await place({ kind: "image", owner, key, from });
      },
      kill: async ({ replica, awaySeconds }) => {
        if (await replicas[replica]?.killAndReturn(awaySeconds)) kills += 1;
      },
      "restart-database": async () => {
        const { restart } = server;
        if (!restart) return;
        restarts += 1;
        restarting = restarting.then(restart);
        await restarting;
      },
      "provider-fault": async ({ fault }) => stage.vendor.troubles.fault(fault),
      "telegram-fault": async ({ answer }) => {
        if (answer === "apply-then-drop") lostAnswers += 1;
        stage.telegram.control.fault({ method: "sendMessage", answer });
      },
    };

  for (const painter of painters) stage.telegram.control.person(chatOf(painter)).says("/start");
  return {
    owners,
    sets,
    take: (step: SoakStep): void => {
      const work: Promise<unknown> = (steps[step.type] as (step: SoakStep) => Promise<unknown>)(step);
      working.add(work);
      void work.catch(() => undefined).finally(() => working.delete(work));
    },
    underWay: async () => void (await Promise.all(working)),
    /** A message may be doubled when Telegram's success is lost: by a kill, a restart or the network. */
    doublesAllowed: () => kills + restarts + lostAnswers,
    counted: () => ({ kills, restarts }),
  };
}
