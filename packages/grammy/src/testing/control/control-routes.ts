import type { World } from "../state/world.ts";
import type { TelegramControl } from "./telegram-control.ts";

export const controlPrefix = "/_control/";

export function controlRoutes(_control: TelegramControl, _world: World) {
  return async (_request: Request): Promise<Response> => Response.json({ error: "not yet" }, { status: 404 });
}
