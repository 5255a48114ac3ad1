import type { Need } from "@likeness/core";
import type { ActSubject } from "../../acts.ts";

const lists: Readonly<Record<Exclude<ActSubject["type"], "order" | "owner">, Need>> = {
  delivery: "deliveries",
  message: "messages",
  job: "jobs",
  payment: "payments",
};

/** Where one goes on after an act, below the page's first address. */
export function afterwards({ type, id }: ActSubject): string {
  if (type === "order") return `orders/${encodeURIComponent(id)}`;
  return type === "owner" ? "" : `needs/${lists[type]}`;
}
