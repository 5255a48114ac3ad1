import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { chatOf } from "./stage/observe.ts";
import { acceptedForgeries } from "./stage/forged-webhooks.ts";
import { keptReplica, type KeptReplica } from "./stage/kept-replica.ts";
import { openStage, type Stage } from "./stage/stage.ts";
import { untilIdle } from "./stage/until-idle.ts";
import type { EngineServer } from "./engines/engine.ts";
import { engines, type EngineName } from "./engines/engines.ts";
import { judge, type Verdict } from "./invariants.ts";
import { messageHeldSeconds } from "./kill-points.ts";
import { seededRandom } from "./random.ts";
import { soakPlan, type SoakStep } from "./soak-plan.ts";

export interface SoakOptions {
  readonly engine: EngineName;
  readonly seed: number;
  readonly seconds: number;
  /** How long a lost answer is searched for, which takes long while processes are being killed. */
  readonly unknownDeadlineSeconds: number;
  readonly signal: AbortSignal;
  /** Gets a short line for every event. */
  readonly tell: (what: string) => void;
}

export interface SoakReport extends Verdict {
  readonly kills: number;
  readonly restarts: number;
  /** How many times a replica ended without being killed, and was restarted. */
  readonly ownEnds: number;
  /** The output of the processes, when an invariant is broken. */
  readonly written: string;
}

/** Runs replicas through a plan of orders, kills and faults, then waits until no work is left and checks the state. */
export async function runSoak(options: SoakOptions): Promise<SoakReport> {
  const { engine: name, seed, seconds, unknownDeadlineSeconds, signal, tell } = options;
  const engine = engines[name];
  const folder = await mkdtemp(join(tmpdir(), "likeness-soak-databases-"));
  const server = await engine.start(folder);
  const stage = await openStage(name, server, { unknownDeadlineSeconds });
  const replicas = Array.from({ length: engine.replicas }, () => keptReplica(stage));
  try {
    await Promise.all(replicas.map((replica) => replica.ready()));
    const plan = planRunner({ stage, server, replicas, signal });
    const started = performance.now();
    for (const { seconds: at, step } of soakPlan({ random: seededRandom(seed), seconds, replicas: engine.replicas })) {
      await wait(Math.max(0, started + at * 1_000 - performance.now()), undefined, { signal });
      tell(step.type);
      plan.take(step);
    }
    stage.telegram.control.clearFaults();
    await plan.underWay();
    tell("coming to rest");
    const expected = { owners: plan.owners, doublesAllowed: plan.doublesAllowed() };
    const idleSeconds = 100 + unknownDeadlineSeconds + 3 * messageHeldSeconds + 5 * engine.recoverySeconds;
    const verdict = judge(await untilIdle(stage, expected, { seconds: idleSeconds, signal }), expected);
    const broken = [...verdict.broken, ...(await acceptedForgeries(stage))];
    const { kills, restarts } = plan.counted();
    const ownEnds = replicas.reduce((sum, replica) => sum + replica.ownEnds(), 0);
    return { ...verdict, broken, kills, restarts, ownEnds, written: broken.length > 0 ? stage.written() : "" };
  } finally {
    for (const replica of replicas) replica.release();
    await stage.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface PlanRunnerOptions {
  readonly stage: Stage;
  readonly server: EngineServer;
  readonly replicas: readonly KeptReplica[];
  readonly signal: AbortSignal;
}

/** Takes the steps of a plan, and counts what follows from them. */
function planRunner({ stage, server, replicas, signal }: PlanRunnerOptions) {
  const owners: string[] = [];
  const working = new Set<Promise<unknown>>();
  let [kills, restarts, lostAnswers] = [0, 0, 0];
  let restarting = Promise.resolve();

  /** Repeats the order at one replica after the other until one has stored it, as an owner without an answer would. */
  const order = async (owner: string): Promise<void> => {
    for (let attempt = owners.length; ; attempt++) {
      signal.throwIfAborted();
      const answer = await replicas[attempt % replicas.length]?.order({ kind: "training", owner, key: "the-order" });
      if (answer === "ordered") return;
      await wait(200, undefined, { signal });
    }
  };

  const steps: { readonly [Type in SoakStep["type"]]: (step: Extract<SoakStep, { type: Type }>) => Promise<unknown> } =
    {
      order: ({ behaviour }) => {
        const owner = `telegram:${1_000 + owners.length}`;
        owners.push(owner);
        stage.telegram.control.person(chatOf(owner)).says("/start");
        stage.fal.control.next(behaviour);
        return order(owner);
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
      "fal-fault": async ({ fault }) => stage.fal.control.fault(...fault),
      "telegram-fault": async ({ answer }) => {
        if (answer === "apply-then-drop") lostAnswers += 1;
        stage.telegram.control.fault({ method: "sendMessage", answer });
      },
    };

  return {
    owners,
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
