import { fileURLToPath } from "node:url";
import { startProgram } from "@likeness/test-processes/run-program.ts";
import { withSourcePlaces } from "@likeness/test-processes/source-places.ts";
import type { Order, HostMessage, HostSettings } from "../host/protocol.ts";

const program = fileURLToPath(new URL("../host/host-program.ts", import.meta.url));

/** A host in a process of its own. */
export interface HostProcess {
  /** Resolves when it serves, or has ended before that. */
  readonly ready: Promise<void>;
  /** Resolves with the signal that ended it, if one did. */
  readonly ended: Promise<NodeJS.Signals | null>;
  /** Resolves when it has answered, or died before it could. */
  order(order: Order): Promise<"ordered" | "refused" | "died">;
  kill(): Promise<void>;
  /** Suspends it until it is resumed. */
  pause(): void;
  resume(): void;
}

export interface HostProcessOptions {
  readonly settings: HostSettings;
  /** Takes its port while it serves. */
  readonly ports: Set<number>;
  /** Takes what it writes. */
  readonly write: (text: string) => void;
}

export function startHost({ settings, ports, write }: HostProcessOptions): HostProcess {
  // Detached, because the program that started them ends them after Ctrl-C.
  const { child, end, ...started } = startProgram(program, {
    parameters: [JSON.stringify(settings)],
    ipc: true,
    detached: true,
  });
  child.stdout.resume();
  child.stderr.setEncoding("utf8").on("data", (text: string) => write(withSourcePlaces(text)));

  /** By owner and key. */
  const waiting = new Map<string, (answer: "ordered" | "refused") => void>();
  let isReady = (): void => undefined;
  let port = 0;
  child.on("message", (message: HostMessage) => {
    if (message.type === "ready") {
      port = message.port;
      ports.add(port);
      isReady();
      return;
    }
    if (message.problem !== undefined) write(`an order was refused: ${message.problem}\n`);
    waiting.get(pressOf(message))?.(message.problem === undefined ? "ordered" : "refused");
  });

  const ended = started.ended.then(({ signal }) => {
    ports.delete(port);
    return signal;
  });
  const died = ended.then(() => "died" as const);
  const ready = new Promise<void>((resolve) => (isReady = resolve));

  return {
    ended,
    ready: Promise.race([ready, died]).then(() => undefined),
    order: (order) => {
      const answered = new Promise<"ordered" | "refused">((resolve) => waiting.set(pressOf(order), resolve));
      if (child.connected) child.send(order, () => undefined);
      return Promise.race([answered, died]);
    },
    kill: async () => void (await end("SIGKILL")),
    pause: () => void child.kill("SIGSTOP"),
    resume: () => void child.kill("SIGCONT"),
  };
}

const pressOf = ({ owner, key }: Pick<Order, "owner" | "key">): string => `${owner} ${key}`;
