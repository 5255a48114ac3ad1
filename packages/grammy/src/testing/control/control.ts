import type { People } from "../person/people.ts";
import { refundCharge } from "../state/charges.ts";
import { loseFile, setTrouble } from "../state/files.ts";
import type { World } from "../state/world.ts";
import type { WebhookCourier } from "../updates/webhook-courier.ts";
import type { BotApi } from "../wire/bot-api.ts";
import { contentOf } from "../wire/file-content.ts";
import type { Faults } from "../wire/faults.ts";
import type { TelegramControl } from "./telegram-control.ts";

export interface ControlOptions {
  readonly world: World;
  readonly people: People;
  readonly faults: Faults;
  readonly api: BotApi;
  readonly courier: WebhookCourier;
}

export function control({ world, people, faults, api, courier }: ControlOptions): TelegramControl {
  const { updates, events } = world;
  return {
    person: people.person,
    people: people.all,
    fault: faults.add,
    clearFaults: faults.clear,
    breakFile: (fileId, trouble) => setTrouble(world, fileId, trouble),
    mendFile: (fileId) => setTrouble(world, fileId, undefined),
    loseFile: (fileId) => loseFile(world, fileId),
    refund: (chargeId) => {
      if (!refundCharge(world, chargeId)) throw new Error(`There is no payment ${chargeId} to refund`);
    },
    deliverAgain: updates.again,
    holdUpdates: updates.hold,
    releaseUpdates: ({ order } = {}) => updates.release(order),
    calls: api.calls,
    updates: updates.history,
    get stars() {
      return world.state.stars;
    },
    deliveries: courier.deliveries,
    file: (fileId) => {
      const file = world.state.files[fileId];
      if (!file) throw new Error(`There is no file ${fileId}`);
      const { name } = file;
      const content = { bytes: contentOf(world, file), mimeType: file.mimeType ?? defaultType(file.kind) };
      return name === undefined ? content : { ...content, name };
    },
    subscribe: events.subscribe,
  };
}

const defaultType = (kind: string): string => (kind === "photo" ? "image/jpeg" : "application/octet-stream");
