import { AsyncLocalStorage } from "node:async_hooks";
import { tracingChannel } from "node:diagnostics_channel";
import type { LikenessEvents } from "@likeness/core";
import { listen } from "@likeness/core";
import { context, SpanKind, SpanStatusCode, trace, type Context, type Span, type Tracer } from "@opentelemetry/api";
import { attributesOf } from "./attributes.ts";

type Timed = Omit<LikenessEvents, "order">;

interface Described {
  readonly name: string;
  readonly kind: SpanKind;
}

/** Names without ids, so that spans of the same work are grouped. */
const spans: { readonly [Name in keyof Timed]: (event: Timed[Name]) => Described } = {
  job: ({ kind }) => ({ name: `job ${kind}`, kind: SpanKind.CONSUMER }),
  provider: ({ provider, method }) => ({ name: `${provider} ${method}`, kind: SpanKind.CLIENT }),
  delivery: () => ({ name: "webhook receive", kind: SpanKind.SERVER }),
  message: ({ template }) => ({ name: `message ${template}`, kind: SpanKind.PRODUCER }),
};

/** A span for each piece of work, below that of the work that it is part of. */
export function recordSpans(tracer: Tracer, onFault: (cause: unknown) => void): () => void {
  const current = new AsyncLocalStorage<Context>();
  const open = new WeakMap<object, Span>();
  const around = (): Context => current.getStore() ?? context.active();

  /** What happens inside of the work sees the context that this returns. */
  const begin =
    <Name extends keyof Timed>(name: Name) =>
    (event: unknown): Context => {
      const parent = around();
      try {
        const described = event as Timed[Name];
        // A settled webhook takes no time, and is an event of the span of its job.
        if ("step" in described && described.step === "settle") return parent;
        const { name: spanName, kind } = spans[name](described);
        const span = tracer.startSpan(spanName, { kind, attributes: attributesOf(described) }, parent);
        open.set(described, span);
        return trace.setSpan(parent, span);
      } catch (cause) {
        onFault(cause);
        return parent;
      }
    };

  const end = (event: object): void => {
    const span = open.get(event);
    if (!span) return;
    span.setAttributes(attributesOf(event, ["outcome"]));
    if ("failed" in event && event.failed) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  };

  const note = (name: string) => (event: object) => void trace.getSpan(around())?.addEvent(name, attributesOf(event));

  const starts = (Object.keys(spans) as (keyof Timed)[]).map((name) => {
    const { start } = tracingChannel(`likeness:${name}`);
    start.bindStore(current, begin(name));
    return start;
  });
  const stopListening = listen(
    {
      order: { end: note("order") },
      job: { end },
      provider: { end },
      delivery: { end: (event) => (event.step === "settle" ? note("webhook")(event) : end(event)) },
      message: { end },
    },
    onFault,
  );
  return () => {
    stopListening();
    for (const start of starts) start.unbindStore(current);
  };
}
