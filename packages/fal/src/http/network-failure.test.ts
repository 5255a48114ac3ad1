import { once } from "node:events";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { describe, expect, it, onTestFinished } from "vitest";
import { silence } from "./failure.ts";
import { networkFailure } from "./network-failure.ts";

/** What became of a POST: its status, or its failure. */
const post = (url: string, seconds = 10): Promise<unknown> =>
  fetch(url, { method: "POST", body: "{}", redirect: "error", signal: AbortSignal.timeout(seconds * 1000) }).then(
    ({ status }) => status,
    (thrown: unknown) => networkFailure(thrown),
  );

async function portOf(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** A port of which every connection ends like this. */
const port = (ends: (socket: Socket) => void): Promise<number> =>
  portOf(createServer((socket) => ends(socket.on("error", () => undefined))));

const afterRequest = (ends: (socket: Socket) => void) => (socket: Socket) =>
  void socket.once("data", () => ends(socket));

describe("networkFailure, nothing sent", () => {
  it("no server listens", async () => {
    const server = createServer();
    const free = await portOf(server);
    server.close();
    await once(server, "close");
    expect(await post(`http://127.0.0.1:${free}/`)).toStrictEqual(silence("connection refused", "never"));
    expect(await post(`http://localhost:${free}/`)).toStrictEqual(silence("connection refused", "never"));
  });

  it.each([
    ["ENOTFOUND", "getaddrinfo", "host name not found"],
    ["EAI_AGAIN", "getaddrinfo", "host name could not be looked up"],
    ["EAI_FAIL", "getaddrinfo", "no connection"],
    ["EACCES", "connect", "no connection"],
    ["ETIMEDOUT", "connect", "connection timed out"],
  ])("%s during %s", (code, syscall, detail) => {
    const thrown = new TypeError("fetch failed", { cause: Object.assign(new Error("x"), { code, syscall }) });
    expect(networkFailure(thrown)).toStrictEqual(silence(detail, "never"));
  });

  it("a port that fetch refuses to connect to", async () => {
    expect(await post("http://127.0.0.1:1/")).toStrictEqual(silence("fetch does not connect to this port", "never"));
  });

  it("a host without TLS", async () => {
    const plain = await port(afterRequest((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")));
    expect(await post(`https://127.0.0.1:${plain}/`)).toStrictEqual(silence("the host does not speak TLS", "never"));
  });

  it("a host that hangs up during the TLS handshake", async () => {
    const closing = await port((socket) => void socket.end());
    expect(await post(`https://127.0.0.1:${closing}/`)).toStrictEqual(silence("TLS handshake failed", "never"));
  });

  it("a host with which no TLS can be agreed on", async () => {
    const withoutCertificate = await portOf(createTlsServer());
    const result = await post(`https://127.0.0.1:${withoutCertificate}/`);
    expect(result).toStrictEqual(silence("TLS handshake failed", "never"));
  });

  it.each(["DEPTH_ZERO_SELF_SIGNED_CERT", "UND_ERR_CONNECT_TIMEOUT", "CERT_HAS_EXPIRED"])("code %s", (code) => {
    const thrown = new TypeError("fetch failed", { cause: Object.assign(new Error("x"), { code }) });
    expect(networkFailure(thrown)).toMatchObject({ sent: "never" });
  });

  it("several addresses, none of which could be connected to", () => {
    const parts = ["ETIMEDOUT", "EACCES"].map((code) => Object.assign(new Error("x"), { code, syscall: "connect" }));
    const thrown = new TypeError("fetch failed", { cause: new AggregateError(parts) });
    expect(networkFailure(thrown)).toStrictEqual(silence("connection timed out", "never"));
  });
});

describe("networkFailure, perhaps sent", () => {
  it.each([
    ["a reset", (socket: Socket) => void socket.resetAndDestroy(), "connection reset"],
    ["an end", (socket: Socket) => void socket.end(), "connection closed"],
    ["what is no HTTP", (socket: Socket) => void socket.end("hello\r\n\r\n"), "no answer"],
    [
      "a redirect",
      (socket: Socket) => void socket.end("HTTP/1.1 302 Found\r\nlocation: https://fal.example/\r\n\r\n"),
      "unexpected redirect",
    ],
  ])("%s after the request", async (_name, ends, detail) => {
    expect(await post(`http://127.0.0.1:${await port(afterRequest(ends))}/`)).toStrictEqual(silence(detail, "perhaps"));
  });

  it("no answer", async () => {
    const silent = await port(() => undefined);
    expect(await post(`http://127.0.0.1:${silent}/`, 0.1)).toStrictEqual(silence("no answer in time", "perhaps"));
  });

  it.each([
    ["ETIMEDOUT", "read", "connection timed out"],
    ["ECONNRESET", "read", "connection reset"],
    ["EPIPE", "write", "connection closed"],
    ["UND_ERR_SOCKET", undefined, "connection closed"],
    ["UND_ERR_HEADERS_TIMEOUT", undefined, "no answer in time"],
    ["UND_ERR_BODY_TIMEOUT", undefined, "no complete answer in time"],
    ["EHEARDOFLATER", undefined, "no answer"],
  ])("%s that is not of a connect (%s)", (code, syscall, detail) => {
    const thrown = new TypeError("fetch failed", { cause: Object.assign(new Error("x"), { code, syscall }) });
    expect(networkFailure(thrown)).toStrictEqual(silence(detail, "perhaps"));
  });

  it("anything unheard-of", () => {
    expect(networkFailure("text")).toStrictEqual(silence("no answer", "perhaps"));
    expect(networkFailure(new Error("x", { cause: { code: "ECONNREFUSED" } }))).toStrictEqual(silence("no answer"));
  });
});
