import type { FalForgery } from "@likeness/fal/testing";
import type { Stage } from "./stage.ts";

/** The required answers to forged webhooks. */
const answers = {
  unsigned: 401,
  "bad-signature": 401,
  "altered-body": 401,
  stale: 401,
  "bad-token": 404,
} as const satisfies Partial<Record<FalForgery, number>>;

/** Sends forged webhooks to the running processes, and returns a line for each that was not refused as required. */
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
