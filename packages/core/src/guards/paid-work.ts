import { ok, safeTry, type ResultAsync } from "neverthrow";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Timestamp } from "../values/timestamp.ts";
import { withoutUndefined } from "../values/without-undefined.ts";
import { dayOf, unitsPerDollar } from "./spending.ts";

export interface TurnPaidWork {
  /** Absent: nothing is switched. */
  readonly turn?: "on" | "off" | undefined;
}

/** Whether anything new is ordered in this deployment. */
export interface PaidWork {
  /** `off` if the setting or the switch is. */
  readonly state: "on" | "off";
  /** The host's setting, which an operator cannot overrule. */
  readonly setting: "on" | "off";
  /** The operator's switch. */
  readonly switch: "on" | "off";
  /** Absent: it was never switched. */
  readonly switchedAt?: Timestamp | undefined;
  /** What was spent since midnight UTC, in US dollars; counted only while there is a cap. */
  readonly spentToday: number;
  /** In US dollars; absent: there is none. */
  readonly cap?: number | undefined;
}

/** Switches paid work on or off, for every process of the deployment at once, and tells how it stands. */
export const turnPaidWork = (
  { store: { guards: stored }, guards, clock, log }: Pick<Ports, "store" | "guards" | "clock" | "log">,
  { turn }: TurnPaidWork,
): ResultAsync<PaidWork, StorageFailure> =>
  safeTry(async function* () {
    const now = clock.now();
    if (turn !== undefined) {
      yield* stored.switchPaidWork({ state: turn, switchedAt: now });
      log.info({ paidWork: turn }, "an operator has switched paid work");
    }
    const switched = yield* stored.paidWork();
    const spent = yield* stored.spentOn(dayOf(now));
    const setting = guards?.paidWork ?? "on";
    const state = setting === "off" ? "off" : (switched?.state ?? "on");
    return ok({
      state,
      setting,
      switch: switched?.state ?? "on",
      ...withoutUndefined({ switchedAt: switched?.switchedAt, cap: guards?.dailySpendCap }),
      spentToday: spent / unitsPerDollar,
    } satisfies PaidWork);
  });
