import { operatorCommand, visible, type OperatorCommandName, type OperatorCommandResult } from "@likeness/operator";
import type { Log } from "@likeness/core";
import { printed } from "../leave.ts";
import { accountName } from "./caller.ts";
import { openDeployment, type OpenedDeployment, type Reach } from "./open-deployment.ts";

/** What needs more than the database: keys of the provider, or files. */
const reaches: { readonly [Name in OperatorCommandName]?: Reach } = {
  look: "everything",
  cancel: "everything",
  "erase-owner": "everything",
  "open-photo": "everything",
  "open-picture": "everything",
};

interface Screen {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** The operator's command line for the deployment that the environment names. */
export async function operatorProgram(
  parameters: readonly string[],
  environment: NodeJS.ProcessEnv,
  { isTTY = false, columns }: Screen = {},
): Promise<OperatorCommandResult> {
  let deployment: OpenedDeployment | undefined;
  const troubles: string[] = [];
  const result = await operatorCommand({
    arguments: parameters,
    operator: async (name) => {
      const opened = await openDeployment(environment, reaches[name] ?? "database", noting(troubles));
      deployment = opened.isOk() ? opened.value : undefined;
      return opened.map(({ commands }) => commands).mapErr(({ lines }) => lines.join("; "));
    },
    name: accountName(),
    // npm runs it in the clone, and tells where it was called.
    folder: environment["INIT_CWD"],
    program: "npm run operator --",
    columns: isTTY ? columns : undefined,
    colours: isTTY && !environment["NO_COLOR"],
  });
  await deployment?.storage.close();
  const { scrub = (line: string) => line } = deployment ?? {};
  return { ...result, output: scrub(result.output), errors: scrub(`${result.errors}${printed(troubles)}`) };
}

/** Keeps what a running bot would log as trouble, e.g. why the provider refused. */
function noting(troubles: string[]): Log {
  const ignore = (): undefined => undefined;
  const note: Log["warn"] = (fields, message) => void troubles.push(visible(`${message}: ${JSON.stringify(fields)}`));
  return { debug: ignore, info: ignore, warn: note, error: note };
}
