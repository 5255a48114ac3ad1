import type { Check, ProviderUses } from "@likeness/core";
import type { FalConnection } from "../http/connection.ts";
import { balanceCheck } from "./balance-check.ts";
import { endpointCheck } from "./endpoint-check.ts";
import { keyCheck } from "./key-check.ts";
import { usedEndpoints } from "./used-endpoints.ts";

/** Whether the key is valid, money is left, and the endpoints in use are what this deployment takes them for. */
export const falChecks =
  (connection: FalConnection) =>
  (uses: ProviderUses): readonly Check[] => {
    const endpoints = usedEndpoints(uses);
    return [keyCheck(connection, endpoints), balanceCheck(connection), endpointCheck(connection, endpoints)];
  };
