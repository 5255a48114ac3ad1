import { secondsBetween } from "@likeness/core";
import { photoBytes, testStart, valueOf } from "@likeness/testing";
import { nudgeStatus } from "../status-job.ts";
import type { ChatStage } from "./chat-stage.ts";

/** The calls about messages, with when they were made in seconds. */
export const callsOf = ({ fake }: ChatStage) =>
  fake.control.calls
    .filter(({ method }) => /Message/.test(method))
    .map(({ method, at }) => [method, secondsBetween(testStart, at)] as const);

/** Has the status shown. */
export const nudge = async ({ ports, person, conversation }: ChatStage): Promise<void> =>
  valueOf(nudgeStatus(ports, person, (await conversation()).burst));

/** Photos that come one by one, a second apart. */
export async function trickle(stage: ChatStage, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent++) {
    stage.ada.sendsPhoto(photoBytes());
    await stage.handle();
    await stage.pass(1);
  }
}
