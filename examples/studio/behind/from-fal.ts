import type { FalFakeActivity } from "@likeness/fal/testing";
import { foreignText, readableJson } from "./foreign-text.ts";
import type { NewActivity } from "./activities.ts";

/** The events at fal that are shown: each request of the bot, each webhook to it. */
export function activityFromFal(activity: FalFakeActivity): NewActivity {
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
  const what = foreignText(description);
  const line = trouble ? `bot: ${outcome} for ${what}` : `bot: ${what}`;
  const json = body === null ? [] : [readableJson(body)];
  const details = [`${method} ${foreignText(path)} → ${outcome}`, ...json].join("\n");
  // The bot polls the status repeatedly.
  return { at, kind: "fal", line, trouble, details, gist: method === "GET" ? line : undefined };
}

function indented(json: string): string {
  try {
    return readableJson(JSON.parse(json));
  } catch {
    return foreignText(json);
  }
}
