import { describe, expect, it } from "vitest";
import { lifecycleDiagram } from "./lifecycle-diagram.ts";

describe("lifecycleDiagram", () => {
  it("prints a table as Mermaid", () => {
    expect(
      lifecycleDiagram({ closed: { open: "opened" }, opened: { close: "closed", break: "broken" }, broken: {} }),
    ).toBe(
      [
        "stateDiagram-v2",
        "  [*] --> closed",
        "  closed --> opened: open",
        "  opened --> closed: close",
        "  opened --> broken: break",
        "  broken --> [*]",
      ].join("\n"),
    );
  });
});
