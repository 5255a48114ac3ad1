import { describe, expect, it } from "vitest";
import { falHosts } from "./hosts.ts";

describe("falHosts", () => {
  it("are fal's own unless replaced", () => {
    expect(falHosts()).toStrictEqual({
      queue: "https://queue.fal.run",
      rest: "https://rest.fal.ai",
      api: "https://api.fal.ai",
      keySets: ["https://rest.fal.ai/.well-known/jwks.json", "https://rest.alpha.fal.ai/.well-known/jwks.json"],
    });
  });

  it("ignore a trailing slash and replace only what is named", () => {
    const hosts = falHosts({ queue: "http://127.0.0.1:9000/", keySets: ["http://localhost:1/keys"] });
    expect(hosts).toStrictEqual({
      ...falHosts(),
      queue: "http://127.0.0.1:9000",
      keySets: ["http://localhost:1/keys"],
    });
  });

  it.each(["http://queue.fal.run", "queue.fal.run", "https://queue.fal.run/v1", "https://queue.fal.run/?a=b", ""])(
    "throw over the base %j, without repeating it",
    (queue) => expect(() => falHosts({ queue })).toThrow(/^queue must be (?!.*fal\.run)/),
  );

  it("throw without a key set, or with one without TLS", () => {
    expect(() => falHosts({ keySets: [] })).toThrow("keySets must name at least one URL");
    expect(() => falHosts({ keySets: ["http://rest.fal.ai/.well-known/jwks.json"] })).toThrow(
      "keySets must be an https URL",
    );
  });
});
