import { kinds } from "../../protocol.ts";
import { exactTime } from "../clock-time.ts";
import type { FoldedActivity } from "./fold.ts";

export interface ActivityLineProps extends FoldedActivity {
  /** Whether it is a Tab stop: only one of the lines is; the arrow keys reach the others. */
  readonly tabStop: boolean;
}

/** One line, with details that can be opened. */
export function ActivityLine({ first, times, tabStop }: ActivityLineProps) {
  const { at, kind, line, trouble, details, gist } = first;
  const summary = (
    <>
      <time dateTime={new Date(at).toISOString()}>{exactTime(at)}</time>
      <span class={`kind kind-${kind}`}>{kinds[kind].label}</span>
      <span class={trouble ? "line trouble" : "line"}>
        {trouble && <strong>Trouble: </strong>}
        {times === 1 ? line : `${gist}, ${times} times`}
      </span>
    </>
  );
  return (
    <li>
      {details === undefined ? (
        <div class="summary">{summary}</div>
      ) : (
        <details>
          <summary class="summary" tabIndex={tabStop ? 0 : -1}>
            {summary}
          </summary>
          <pre tabIndex={0}>{details}</pre>
        </details>
      )}
    </li>
  );
}
