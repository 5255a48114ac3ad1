#!/usr/bin/env node
import { problemOfNode } from "./check-node.ts";
import { createProject, nextSteps, type CreateError } from "./create-project.ts";
import { manifest } from "./manifest.ts";
import { readArguments, usage } from "./read-arguments.ts";

function leave(message: string, code = 1): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

const nobodyToAsk = `There is no terminal to ask in. Say --yes to take the first choice of each question, or answer all of them:
  npm create likeness my-bot -- --yes
  npm create likeness my-bot -- --provider fal --database sqlite --people listed`;

/** How the program ends; 130 as for programs that end by Ctrl-C. */
const endings: { readonly [Type in CreateError["type"]]: (error: Extract<CreateError, { type: Type }>) => never } = {
  cancelled: () => leave("Nothing was written.", 130),
  "folder-refused": ({ detail }) => leave(detail),
  "name-refused": ({ detail }) => leave(detail),
  "nobody-to-ask": () => leave(nobodyToAsk),
};

const given = readArguments(process.argv.slice(2), process.env).match(
  (read) => read,
  ({ detail }) => leave(`${detail}\n\n${usage}`),
);
switch (given.type) {
  case "help":
    process.stdout.write(usage);
    break;
  case "version":
    process.stdout.write(`${manifest.version}\n`);
    break;
  case "create": {
    const problem = problemOfNode(process.versions.node);
    if (problem !== undefined) leave(problem);
    const { stdin: input, stdout: output } = process;
    const terminal = input.isTTY && output.isTTY ? { input, output } : undefined;
    const created = await createProject({ ...given, terminal });
    if (created.isErr()) (endings[created.error.type] as (error: CreateError) => never)(created.error);
    else process.stdout.write(`\n${nextSteps(created.value, process.cwd())}`);
  }
}
