import { randomBytes } from "node:crypto";
import { secondsBetween } from "@likeness/core";
import type { Timers } from "@likeness/fake-server/timers";
import type { Behaviour, ReplicateFakeOutcome } from "./behaviour.ts";
import { blackPicture, picture, weightsTar } from "./made-files.ts";

export type RunStatus = "starting" | "processing" | "succeeded" | "failed" | "canceled" | "aborted";

export interface NewRun {
  readonly kind: "training" | "prediction";
  readonly model: string;
  readonly version: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly destination?: string | undefined;
  readonly webhook?: string | undefined;
  readonly origin: string;
}

export interface FakeRun extends NewRun {
  readonly id: string;
  readonly createdAt: string;
  readonly behaviour: Behaviour;
  status: RunStatus;
  startedAt?: string | undefined;
  completedAt?: string | undefined;
  output?: unknown;
  error?: string | undefined;
  /** Resolves when its webhook was tried once. */
  announced?: Promise<void> | undefined;
}

export const hasEnded = ({ status }: FakeRun): boolean => status !== "starting" && status !== "processing";

/** Replicate removes input, output, files and logs of a prediction an hour after its end. */
const keptSeconds = 3600;

/** What runs say that fail; of weights as the code of the official model does. */
const failures = {
  failed: "CUDA out of memory (E1001)",
  flagged: "All generated images contained NSFW content. Try running it again with a different prompt.",
  "input-gone": "Weights not found at the supplied URL. Please check the URL.",
} as const satisfies Partial<Record<ReplicateFakeOutcome, string>>;

const isFailure = (outcome: ReplicateFakeOutcome): outcome is keyof typeof failures => outcome in failures;

const endings = { succeeded: "succeeded", black: "succeeded", canceled: "canceled", aborted: "aborted" } as const;

/** All trainings and predictions, which go on by the clock. `announce` is called once for each, when it has ended. */
export function runs(time: Timers, announce: (run: FakeRun) => Promise<void>) {
  const all = new Map<string, FakeRun>();
  const files = new Map<string, Uint8Array>();
  /** What trainings yielded, with the training of each. */
  const versions = new Map<string, string>();

  const isRemoved = ({ kind, completedAt }: FakeRun): boolean =>
    kind === "prediction" && completedAt !== undefined && secondsBetween(completedAt, time.now()) >= keptSeconds;

  const publish = (run: FakeRun, name: string, bytes: Uint8Array): string => {
    const path = `/_delivery/${run.id}/${name}`;
    files.set(path, bytes);
    return `${run.origin}${path}`;
  };

  const yieldOf = async (run: FakeRun): Promise<unknown> => {
    const seed = Number(run.input["seed"] ?? 1);
    const ratio = String(run.input["aspect_ratio"]);
    if (run.kind === "prediction")
      return [
        publish(run, "out-0.png", run.behaviour.outcome === "black" ? blackPicture(ratio) : picture(ratio, seed)),
      ];
    const weights = publish(run, "flux-lora.tar", await weightsTar(all.size));
    const version = `${run.destination}:${randomBytes(32).toString("hex")}`;
    versions.set(version, run.id);
    return { version, weights };
  };

  const move = async (run: FakeRun, status: RunStatus, error: string = failures.failed): Promise<void> => {
    if (hasEnded(run)) return;
    const output = status === "succeeded" ? await yieldOf(run) : undefined;
    if (hasEnded(run)) return;
    run.status = status;
    if (status === "processing") run.startedAt = time.now();
    if (!hasEnded(run)) return;
    run.completedAt = time.now();
    run.output = output;
    if (status === "failed") run.error = error;
    run.announced = announce(run);
  };

  /** Ends a run as its behaviour says. */
  const end = async (run: FakeRun): Promise<void> => {
    const { outcome } = run.behaviour;
    if (outcome !== "never")
      await (isFailure(outcome) ? move(run, "failed", failures[outcome]) : move(run, endings[outcome]));
  };

  const begin = (run: FakeRun): void => {
    const { outcome, queueSeconds, runSeconds } = run.behaviour;
    if (outcome === "never") return;
    time.after(queueSeconds * 1000, () => {
      if (outcome === "aborted") return void end(run);
      void move(run, "processing");
      time.after(runSeconds * 1000, () => void end(run));
    });
  };

  const logsOf = (run: FakeRun): string => {
    if (run.status === "starting") return "";
    const steps = Number(run.input["training_steps"] ?? run.input["steps"] ?? 28);
    const share = run.status === "succeeded" ? 1 : elapsed(run) / Math.max(1, run.behaviour.runSeconds);
    const done = Math.min(steps, Math.floor(steps * share));
    const bar = `captioning: 100%|██████████| 12/12 [00:09<00:00]\nflux_train_replicate: ${Math.floor((100 * done) / steps)}%|█████     | ${done}/${steps} [00:40<00:40, 12.50it/s]\n`;
    return hasEnded(run) ? bar.padStart(run.behaviour.logBytes, "loading weights …\n") : bar;
  };

  const elapsed = ({ startedAt }: FakeRun): number =>
    startedAt === undefined ? 0 : Math.max(0, secondsBetween(startedAt, time.now()));

  return {
    add: (given: NewRun, behaviour: Behaviour): FakeRun => {
      const id = randomBytes(13).toString("hex");
      const run: FakeRun = { ...given, id, behaviour, createdAt: time.now(), status: "starting" };
      all.set(id, run);
      if (behaviour.webhook !== "before-answer") begin(run);
      return run;
    },
    /** Ends a run at once; resolves when its webhook was tried. */
    finish: async (run: FakeRun): Promise<void> => {
      await end(run);
      await run.announced;
    },
    find: (id: string): FakeRun | undefined => all.get(id),
    /** With the files of its training. False: there is none. */
    deleteVersion: (version: string): boolean => {
      const path = `/_delivery/${versions.get(version)}/`;
      for (const name of files.keys()) if (name.startsWith(path)) files.delete(name);
      return versions.delete(version);
    },
    all: (): FakeRun[] => [...all.values()],
    /** Newest first. */
    list: (kind: FakeRun["kind"]): FakeRun[] => [...all.values()].filter((run) => run.kind === kind).toReversed(),
    move,
    file: (path: string): Uint8Array | undefined => {
      const run = all.get(path.split("/")[2] ?? "");
      return run && !isRemoved(run) ? files.get(path) : undefined;
    },
    /** As the API shows it. */
    shown: (run: FakeRun): Record<string, unknown> => {
      const { id, kind, model, version, status, origin, webhook, createdAt, startedAt, completedAt } = run;
      const removed = isRemoved(run);
      // The reference's own sample of a training names the path of a prediction.
      const path = `${origin}/v1/predictions/${id}`;
      return {
        id,
        model,
        version,
        input: removed ? {} : run.input,
        output: removed ? null : (run.output ?? null),
        logs: removed ? "" : logsOf(run),
        error: run.error ?? null,
        status,
        source: "api",
        created_at: createdAt,
        started_at: startedAt ?? null,
        completed_at: completedAt ?? null,
        ...(kind === "prediction" && { data_removed: removed }),
        ...(webhook !== undefined && { webhook, webhook_events_filter: ["completed"] }),
        urls: { get: path, cancel: `${path}/cancel`, web: `https://replicate.com/p/${id}` },
        ...(completedAt !== undefined && { metrics: metricsOf(run, completedAt) }),
      };
    },
  };
}

const metricsOf = ({ createdAt, startedAt }: FakeRun, completedAt: string) => ({
  total_time: secondsBetween(createdAt, completedAt),
  ...(startedAt !== undefined && { predict_time: secondsBetween(startedAt, completedAt) }),
});
