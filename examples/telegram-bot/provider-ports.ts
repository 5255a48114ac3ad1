import type { Ports, Recipes } from "@likeness/core";

/** What a provider brings. */
export interface ProviderPorts extends Pick<Ports, "provider" | "outcomes" | "webhooks" | "profiles"> {
  readonly recipes: Recipes;
}
