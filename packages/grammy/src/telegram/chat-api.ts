import type { Api } from "grammy";
import type { WaitPorts } from "./flood-waits.ts";
import { literalApi } from "./literal-api.ts";
import { patient } from "./patient.ts";

/**
 * The host's Api for our messages: without a parse mode, and without calls in a chat while Telegram asks to wait there.
 */
export function chatApi(api: Api, ports: WaitPorts): Api {
  const ours = literalApi(api);
  // Called before the host's transformers, so that none of them waits for a call that is not made.
  ours.config.use(patient(ports));
  return ours;
}
