import type { FalFakeActivity } from "@likeness/fal/testing";
import type { News } from "./happenings.ts";

/** What is worth a line of what happens at fal: each request of the bot, each webhook to it. */
export function newsFromFal(activity: FalFakeActivity): News {
  const at = Date.parse(activity.at);
  if (activity.type === "webhook") {
    const { url, attempt, answer, body } = activity;
    const again = attempt > 1 ? `, attempt ${attempt}` : "";
    const details = [`POST ${new URL(url).pathname}`, indented(body)].join("\n");
    return {
      at,
      kind: "webhook",
      line: `fal: tells the outcome → ${answer}${again}`,
      trouble: answer !== 200,
      details,
    };
  }
  const { method, path, status, description, body } = activity;
  const outcome = status ?? "connection reset";
  const trouble = status === undefined || status >= 400;
  const line = trouble ? `bot: ${outcome} for ${description}` : `bot: ${description}`;
  const json = body === null ? [] : [JSON.stringify(body, undefined, 2)];
  return { at, kind: "fal", line, trouble, details: [`${method} ${path} → ${outcome}`, ...json].join("\n") };
}

function indented(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), undefined, 2);
  } catch {
    return json;
  }
}
