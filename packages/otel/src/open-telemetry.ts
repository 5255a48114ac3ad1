import { diag, metrics, trace, type MeterProvider, type TracerProvider } from "@opentelemetry/api";
import { recordMetrics } from "./record-metrics.ts";
import { recordSpans } from "./record-spans.ts";

export interface OpenTelemetryOptions {
  /** Absent: the global one. */
  readonly tracerProvider?: TracerProvider | undefined;
  /** Absent: the global one. */
  readonly meterProvider?: MeterProvider | undefined;
}

/**
 * Makes spans and metrics of the events of every `Likeness` in this process. Call it after the SDK was started; returns a
 * function that stops it. A fault of the SDK goes to OpenTelemetry's own diagnostics, and the work goes on.
 *
 * @example
 * const stop = openTelemetry();
 * stop();
 */
export function openTelemetry({ tracerProvider, meterProvider }: OpenTelemetryOptions = {}): () => void {
  const onFault = (cause: unknown): void => diag.error("@likeness/otel could not record an event", cause);
  const stops = [
    recordSpans((tracerProvider ?? trace).getTracer("@likeness/otel"), onFault),
    recordMetrics((meterProvider ?? metrics).getMeter("@likeness/otel"), onFault),
  ];
  return () => stops.forEach((stop) => stop());
}
