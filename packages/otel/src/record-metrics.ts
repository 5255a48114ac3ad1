import { listen } from "@likeness/core";
import type { Meter } from "@opentelemetry/api";
import { attributesOf } from "./attributes.ts";

/** Up to the five minutes that copying a large file may take. */
const seconds = {
  unit: "s",
  advice: { explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300] },
};

/** Counters and histograms. Their attributes are kinds and outcomes, never ids, which would make a series of each. */
export function recordMetrics(meter: Meter, onFault: (cause: unknown) => void): () => void {
  const durationOf = (what: string, description: string, ...fields: string[]) => {
    const histogram = meter.createHistogram(`likeness.${what}.duration`, { ...seconds, description });
    return (event: { readonly milliseconds?: number | undefined }): void =>
      histogram.record((event.milliseconds ?? 0) / 1000, attributesOf(event, [...fields, "outcome"]));
  };
  const countOf = (what: string, description: string, ...fields: string[]) => {
    const counter = meter.createCounter(`likeness.${what}`, { description });
    return (event: object): void => counter.add(1, attributesOf(event, fields));
  };
  const job = durationOf("job", "Runs of jobs.", "kind");
  const provider = durationOf("provider", "Calls of the provider.", "provider", "method", "orderKind");
  const received = durationOf("delivery", "Webhooks received.", "source");
  const message = durationOf("message", "Attempts to send a message to an owner.", "template");
  const settled = countOf("deliveries", "Webhooks settled.", "source", "outcome");
  const order = countOf("orders", "New statuses of orders.", "orderKind", "status", "reason");
  const noted = countOf("notes", "Blocked pictures, late results and outcomes not copied.", "orderKind", "note");

  return listen(
    {
      order: {
        end: (event) => {
          if (event.status !== event.before) order(event);
          if (event.note) noted(event);
        },
      },
      job: { end: job },
      provider: { end: provider },
      delivery: { end: (event) => (event.step === "settle" ? settled(event) : received(event)) },
      message: { end: message },
    },
    onFault,
  );
}
