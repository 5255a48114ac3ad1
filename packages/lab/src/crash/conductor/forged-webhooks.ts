import type { FalForgery } from "@likeness/fal/testing";
import type { Stage } from "./stage.ts";

/** What a webhook has to be answered with that fal did not send like this. */
const answers = {
  unsigned: 401,
  "bad-signature": 401,
  "altered-body": 401,
  stale: 401,
  "bad-token": 404,
} as const satisfies Partial<Record<FalForgery, number>>;

/** Sends forged webhooks to whoever lives, and returns those that were not refused as they have to be, a line each. */
export async function acceptedForgeries({ fal }: Stage): Promise<string[]> {
  const [request] = fal.control.accepted();
  if (!request) return [];
  const lines: string[] = [];
  for (const [kind, expected] of Object.entries(answers) as [keyof typeof answers, number][]) {
    const answer = await fal.control.forge(request.requestId, kind);
    if (answer !== expected) lines.push(`a forged webhook (${kind}) was answered with ${answer}`);
  }
  return lines;
}
