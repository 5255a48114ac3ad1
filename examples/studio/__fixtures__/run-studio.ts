import { fileURLToPath } from "node:url";
import { runProgram, type ProgramEnd } from "@likeness/test-processes/run-program.ts";

const program = fileURLToPath(new URL("../studio.ts", import.meta.url));

export interface StudioProcess {
  /** The line that it prints when it is ready, or its error output if it ended instead. */
  readonly said: string;
  readonly url: string;
  readonly pid: number;
  /** Stops it. Resolves to its exit and its error output. */
  end(signal: NodeJS.Signals): Promise<ProgramEnd & { complaints: string }>;
}

/** Four ports that are probably free: below the range of ephemeral ports. */
const somePort = (): number => 12_000 + 4 * Math.floor(Math.random() * 4_000);

/** Starts the studio in a folder, and waits until it is ready or has ended. */
export async function runStudio(folder: string, typed: readonly string[] = []): Promise<StudioProcess> {
  const port = typed.includes("--port") ? [] : ["--port", String(somePort())];
  const env = { ...process.env, INIT_CWD: folder };
  const studio = runProgram(program, { parameters: [...port, ...typed], env });
  const said = await studio.said(/^.*(?=\n)/).then(String, () => studio.now().errors);
  return {
    said,
    url: said.trim(),
    pid: Number(studio.child.pid),
    end: async (signal) => {
      const { errors: complaints, code, signal: by } = await studio.end(signal);
      return { code, signal: by, complaints };
    },
  };
}
