import { okAsync, type ResultAsync } from "neverthrow";
import type { InspectError, ProviderRefused } from "@likeness/core";
import { findTarget, type FindTargetError, type Found } from "./find-target.ts";
import { performs, type ActError, type ChatAct } from "./operator-acts.ts";
import type { OperatorData } from "./operator-data.ts";
import type { OperatorPorts, Visiting } from "./operator-ports.ts";
import type { ChatProblem } from "./operator-texts.ts";
import { showList } from "./show-list.ts";
import { showOverview } from "./show-overview.ts";
import { showQuestion, showRow, showSaid } from "./show-row.ts";
import type { View } from "./view.ts";

type AnyError = InspectError | FindTargetError | ActError;

/** What the chat says about each error. The log of the bot has the cause. */
const problemOf = {
  "credits-failure": "trouble",
  "illegal-transition": "status",
  "invalid-cursor": "trouble",
  "job-not-found": "gone",
  "message-not-found": "gone",
  "message-overtaken": "nothing",
  "no-late-result": "nothing",
  "no-outcome": "nothing",
  "nothing-sold": "nothing",
  "nothing-to-dismiss": "nothing",
  "operator-unavailable": "trouble",
  "order-erased": "gone",
  "order-not-found": "gone",
  "payment-not-found": "gone",
  "provider-refused": "refused",
  "provider-unavailable": "provider",
  "row-gone": "gone",
  "storage-failure": "trouble",
  superseded: "newer",
  "training-active": "newer",
  "training-not-found": "gone",
} as const satisfies Record<AnyError["type"], ChatProblem>;

/** What a message shows after a press, or after the command. Never fails: trouble is said. */
export async function answerOperator(ports: OperatorPorts, visiting: Visiting, data: OperatorData): Promise<View> {
  return answered(ports, visiting, data).match(
    (view) => view,
    (error) => {
      const problem = problemOf[error.type];
      if (problem === "trouble")
        ports.log.error({ operator: visiting.operator, error: error.type }, "an operator cannot be answered");
      const detail = error.type === "provider-refused" ? refusal(error) : undefined;
      return showSaid(visiting, visiting.texts.problems[problem], "target" in data ? data.target : undefined, detail);
    },
  );
}

/** With the status of an answer; 0: the provider was not asked. */
const refusal = ({ status, detail }: ProviderRefused): string => (status === 0 ? detail : `${status} ${detail}`);

function answered(ports: OperatorPorts, visiting: Visiting, data: OperatorData): ResultAsync<View, AnyError> {
  switch (data.verb) {
    case "overview":
      return showOverview(ports, visiting);
    case "list":
      return showList(ports, visiting, data.need, data.page);
    case "row":
      return findTarget(ports, data.target).map((found) => showRow(visiting, found));
    case "ask":
      return findTarget(ports, data.target).map((found) => showQuestion(visiting, found, data.act));
    case "do":
      return findTarget(ports, data.target).andThen((found) => perform(ports, visiting, found, data.act));
  }
}

/** Only what the row offers is done: the data of a button may be forged, or older than the row. */
function perform(ports: OperatorPorts, visiting: Visiting, found: Found, act: ChatAct): ResultAsync<View, AnyError> {
  const { target, subject, acts } = found;
  const { texts, operator } = visiting;
  if (!acts.includes(act)) return okAsync(showSaid(visiting, texts.problems.nothing, target));
  return performs[act](ports.commands, operator, subject).map(({ type }) =>
    showSaid(visiting, texts.outcomes[type], target),
  );
}
