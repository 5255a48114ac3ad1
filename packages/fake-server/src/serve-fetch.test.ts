import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";
import { expect, it, onTestFinished } from "vitest";
import { serveFetch } from "./serve-fetch.ts";

/** Asks over connections that are kept, as grammY and fal's client do. */
const askedWith = (agent: Agent, url: string): Promise<[unknown, string]> =>
  new Promise((resolve, reject) => {
    request(url, { agent }, (answer) => {
      text(answer).then((body) => resolve([answer.headers["keep-alive"], body]), reject);
    })
      .on("error", reject)
      .end();
  });

it("closes no idle connection, into whose end a program that stood still would send its next request", async () => {
  const server = await serveFetch(async () => new Response("here"));
  onTestFinished(server.close);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  // Node's server announces in this header when it will close.
  expect(await askedWith(agent, server.url)).toStrictEqual([undefined, "here"]);
});
