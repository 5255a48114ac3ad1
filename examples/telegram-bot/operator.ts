import { operatorProgram } from "./operator/operator-program.ts";

/** `npm run operator -- …`: what needs a person, one order, and what can be done. `--help` tells more. */
const { output, errors, exitCode } = await operatorProgram(process.argv.slice(2), process.env, process.stdout);
process.stdout.write(output);
process.stderr.write(errors);
process.exitCode = exitCode;
