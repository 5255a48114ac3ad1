import { createServer, type RequestListener } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { createLikeness, toNodeListener } from "@likeness/core";
import { operatorPage } from "@likeness/operator";
import { testPorts } from "@likeness/testing";
import express from "express";
import { Hono } from "hono";
import { expect, it } from "vitest";
import { openServer } from "./__fixtures__/open-server.ts";

const token = "0123456789abcdef0123456789abcdef";
const page = operatorPage({ operator: createLikeness(testPorts().ports).operator, access: { token } });

const expressHost = express();
expressHost.all("/operator{/*rest}", toNodeListener(page));
expressHost.use(express.urlencoded());

const honoHost = new Hono();
honoHost.all("/operator/*", ({ req }) => page(req.raw));

const answerHono = getRequestListener(honoHost.fetch);

const hosts: Readonly<Record<string, RequestListener>> = {
  Node: toNodeListener(page),
  Express: expressHost,
  Hono: (request, response) => void answerHono(request, response),
};

it.each(Object.entries(hosts))("operators sign in and out at a server of %s", async (_, listener) => {
  const { port } = await openServer(createServer(listener));
  const origin = `http://127.0.0.1:${port}`;
  const post = (
    path: string,
    fields: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ) =>
    fetch(`${origin}/operator/${path}`, {
      method: "POST",
      headers: { origin, ...headers },
      body: new URLSearchParams(fields),
      redirect: "manual",
    });
  expect((await fetch(`${origin}/operator`)).url).toBe(`${origin}/operator/`);
  expect((await fetch(`${origin}/operator/page.css`)).headers.get("content-type")).toBe("text/css; charset=utf-8");
  expect((await post("sign-in", { name: "olga", token }, { origin: "https://evil.example" })).status).toBe(403);
  expect((await post("sign-in", { name: "x".repeat(100_000), token })).status).toBe(413);
  const signedIn = await post("sign-in", { name: "olga", token });
  const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
  const shown = await fetch(`${origin}/operator/`, { headers: { cookie } });
  expect([signedIn.status, shown.status, await shown.text()]).toStrictEqual([
    303,
    200,
    expect.stringMatching(/Nothing needs you[^]*olga/),
  ]);
  expect((await post("sign-out", {}, { cookie })).headers.get("set-cookie")).toMatch(/session=;.*Max-Age=0$/);
});
