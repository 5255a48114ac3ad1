import { found, type Check } from "@likeness/core";
import type { FalConnection } from "../http/connection.ts";
import { askPlatform, unanswered } from "./ask-platform.ts";
import type { UsedEndpoint } from "./used-endpoints.ts";

/** Prices are told for any valid key, and asking costs nothing. https://fal.ai/docs/platform-apis/v1/models/pricing */
export const keyCheck = (connection: FalConnection, [first]: readonly UsedEndpoint[]): Check => ({
  name: "fal key",
  cheap: true,
  look: async (signal) => {
    const query = new URLSearchParams({ endpoint_id: first?.endpoint ?? "fal-ai/flux-lora" });
    return (await askPlatform(connection, `/v1/models/pricing?${query}`, signal)).match(
      () => [found.ok("fal takes the key")],
      (failure) => [
        failure.type === "answer" && (failure.status === 401 || failure.status === 403)
          ? found.broken(`fal refuses the key: ${failure.detail}`, "make a new key at https://fal.ai/dashboard/keys")
          : failure.type === "answer" && failure.status === 404
            ? found.ok("fal takes the key")
            : unanswered(failure),
      ],
    );
  },
});
