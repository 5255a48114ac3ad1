/** `skipped`: it was not looked at, and `what` says why. */
export type Verdict = "ok" | "warning" | "broken" | "skipped";

/** What a check has found, for people: one line each, without secrets. */
export type Found =
  | { readonly verdict: "ok" | "skipped"; readonly what: string; readonly whatToDo?: undefined }
  | { readonly verdict: "warning" | "broken"; readonly what: string; readonly whatToDo: string };

/** Looks whether something outside of this process is as it has to be. Repeatable, and leaves nothing behind. */
export interface Check {
  /** One or two words, e.g. `public address`. */
  readonly name: string;
  /** It costs one or two small requests, so that every process may run it when it starts. */
  readonly cheap?: true | undefined;
  /** Longest time; absent: 10. */
  readonly seconds?: number | undefined;
  /** What it means when the time is over; absent: that nothing answers. */
  readonly late?: Found | undefined;
  /** The signal is aborted when the time is over. A throw is a finding of its own. */
  look(signal: AbortSignal): Promise<readonly Found[]>;
}

/** Makes findings. */
export const found = {
  ok: (what: string): Found => ({ verdict: "ok", what }),
  skipped: (what: string): Found => ({ verdict: "skipped", what }),
  warning: (what: string, whatToDo: string): Found => ({ verdict: "warning", what, whatToDo }),
  broken: (what: string, whatToDo: string): Found => ({ verdict: "broken", what, whatToDo }),
} as const;
