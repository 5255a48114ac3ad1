import { doctor } from "./doctor/doctor-command.ts";
import { printed } from "./leave.ts";

/** `npm run doctor`: looks whether everything that the bot needs is as it has to be. `--json` for programs. */
const { lines, exitCode } = await doctor(process.argv.slice(2), process.env);
const stream = exitCode === 2 ? process.stderr : process.stdout;
// Connections that hang must not keep the process alive.
stream.write(printed(lines), () => process.exit(exitCode));
