import type { Api } from "grammy";
import type { WaitPorts } from "./flood-waits.ts";
import { literalApi } from "./literal-api.ts";
import { patient } from "./patient.ts";

/** The host's Api for our messages: without a parse mode, and silent in a chat for as long as Telegram asked to wait there. */
export function chatApi(api: Api, ports: WaitPorts): Api {
  const ours = literalApi(api);
  // Called first, so that no transformer of the host's sees, and waits for, a call that is not made.
  ours.config.use(patient(ports));
  return ours;
}
