import type { FalFakeActivity } from "@likeness/fal/testing";
import type { News } from "./happenings.ts";

/** What is worth a line of what happens at fal: each request of the bot, each webhook to it. */
export function newsFromFal(activity: FalFakeActivity): News {
  const at = Date.parse(activity.at);
  if (activity.type === "webhook") {
    const { url, attempt, answer, body } = activity;
    const again = attempt > 1 ? `, attempt ${attempt}` : "";
    const line = `fal: POST ${new URL(url).pathname} → ${answer}${again}`;
    return { at, kind: "webhook", line, trouble: answer !== 200, details: indented(body) };
  }
  const { method, path, status, description, body } = activity;
  const line = `bot: ${description} → ${status ?? "connection reset"}`;
  const details = [`${method} ${path}`, body === null ? "" : JSON.stringify(body, undefined, 2)].join("\n").trim();
  return { at, kind: "fal", line, trouble: status === undefined || status >= 400, details };
}

function indented(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), undefined, 2);
  } catch {
    return json;
  }
}
