import { createLikeness } from "@likeness/core";
import {
  anAcceptedPhoto,
  anAvatar,
  anInboxDelivery,
  aTraining,
  storeStandingAlarm,
  testPorts,
  valueOf,
} from "@likeness/testing";
import { beforeEach, describe, expect, it } from "vitest";
import { troubled, type Troubled } from "../__fixtures__/troubled.ts";
import { browse, type Browser } from "./__fixtures__/browse.ts";
import { fileAnswer } from "./http/answers.ts";
import { operatorPage, type OperatorPageOptions } from "./operator-page.ts";

const token = "0123456789abcdef0123456789abcdef";
const signIn = (browser: Browser, name = "olga", given = token) => browser.post("sign-in", { name, token: given });

let deployment: Troubled;
beforeEach(async () => {
  deployment = await troubled();
});

function open(options: Partial<OperatorPageOptions> = {}) {
  const { likeness, fakes } = deployment;
  return operatorPage({
    operator: likeness.operator,
    access: { token },
    clock: fakes.clock,
    log: fakes.log,
    ...options,
  });
}

/** A browser whose operator the host knows. */
const known = (name = "olga", options: Partial<OperatorPageOptions> = {}): Browser =>
  browse(open({ access: () => name, ...options }));

const actionsDone = async () =>
  (await valueOf(deployment.likeness.operator.actions())).items.map(({ operator, action, outcome }) =>
    [operator, action, outcome].join(" "),
  );

describe("getting in", () => {
  it("shows nothing but a form for the token, whatever the address", async () => {
    const browser = browse(open());
    for (const path of ["", `orders/${deployment.late}`, "needs/late", "actions", "nowhere", `?token=${token}`]) {
      const { status, body, headers } = await browser.get(path);
      expect([path, status]).toStrictEqual([path, 401]);
      expect(body).toContain('type="password"');
      expect(body).not.toMatch(/owner:1|out of memory/);
      expect(headers.get("cache-control")).toBe("no-store");
    }
    for (const [path, fields] of [
      ["do/adopt", { type: "order", id: deployment.late }],
      ["files/photo", { id: "any" }],
    ] as const)
      expect((await browser.post(path, fields)).status).toBe(401);
    expect(await actionsDone()).toStrictEqual([]);
  });

  it("sets a cookie that only this host gets back by https, and goes on where one wanted to go", async () => {
    const browser = browse(open());
    const { body } = await browser.get("needs/late?after=a");
    expect(body).toContain('name="to" value="needs/late?after=a"');
    const { status, headers } = await browser.post("sign-in", { name: "olga", token, to: "needs/late" });
    expect([status, headers.get("location")]).toStrictEqual([303, "./needs/late"]);
    expect(headers.get("set-cookie")).toMatch(
      /^__Host-likeness-operator-session=[\w.-]+; Path=\/; HttpOnly; SameSite=Strict; Secure; Max-Age=43200$/,
    );
    expect(headers.get("set-cookie")).not.toContain(token);
    expect((await browser.get("")).body).toContain("Something needs you");
  });

  it.each(["https://evil.example/", "//evil.example", "javascript:alert(1)", "a\r\nx: y", "../../.."])(
    "goes on to no other address: %j",
    async (to) => {
      const { status, headers } = await browse(open()).post("sign-in", { name: "olga", token, to });
      expect([status, headers.get("location")]).toStrictEqual([303, "./"]);
    },
  );

  it("works by http on the machine itself, and over a network only by https", async () => {
    const here = browse(open(), "http://127.0.0.1:8080/operator/");
    expect((await signIn(here)).headers.get("set-cookie")).toMatch(
      /^likeness-operator-session=[\w.-]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/,
    );
    expect((await here.get("")).status).toBe(200);
    const { status, body, headers } = await signIn(browse(open(), "http://10.0.0.5/operator/"));
    expect([status, headers.get("set-cookie")]).toStrictEqual([403, null]);
    expect(body).toContain("needs https");
  });

  it("ends every session when the token is changed, when its time is over, and in this browser by signing out", async () => {
    const page = open();
    const browser = browse(page);
    await signIn(browser);
    const other = browse(open({ access: { token: "another token of operators, 32 bytes" } }));
    for (const [name, value] of browser.cookies) other.cookies.set(name, value);
    expect((await other.get("")).status).toBe(401);
    const replica = browse(open());
    for (const [name, value] of browser.cookies) replica.cookies.set(name, value);
    expect((await replica.get("")).status).toBe(200);
    await deployment.fakes.clock.advance(12 * 3_600);
    expect((await browser.get("")).status).toBe(401);
    await signIn(browser);
    expect((await browser.get("")).status).toBe(200);
    expect((await browser.does("sign-out", {})).status).toBe(401);
    expect(browser.cookies.size).toBe(0);
  });

  it("lets nobody in with a broken or forged cookie", async () => {
    const browser = browse(open());
    await signIn(browser);
    const [[name = "", value = ""] = []] = browser.cookies;
    const [until = "", who = "", proof = ""] = value.split(".");
    const forged = ["", "x", "..", `${until}.${who}`, `9${until.slice(1)}.${who}.${proof}`, `${until}.b21hcg.${proof}`];
    for (const cookie of [...forged, `${until}.${who}.${"A".repeat(43)}`, `${value}x`, "%", "é", "a".repeat(4_000)]) {
      browser.cookies.set(name, cookie);
      expect([cookie, (await browser.get("")).status]).toStrictEqual([cookie, 401]);
    }
    browser.cookies.set("a", "b").set(name, value);
    expect((await browser.get("")).status).toBe(200);
  });

  it("slows down many wrong tokens, and lets the right one in all the same", async () => {
    const browser = browse(open());
    const statuses: number[] = [];
    for (let count = 0; count < 12; count++) statuses.push((await signIn(browser, "eve", `${token}${count}`)).status);
    expect(statuses).toStrictEqual([...Array<number>(10).fill(401), 429, 429]);
    expect((await signIn(browser, "eve", "")).headers.get("retry-after")).toBe("60");
    expect((await signIn(browser)).status).toBe(303);
    await deployment.fakes.clock.advance(60);
    expect((await signIn(browse(open()), "eve", "x")).status).toBe(401);
    const warnings = deployment.fakes.log.entries.filter(({ message }) => message.includes("wrong token"));
    expect(warnings).toHaveLength(12);
    expect(JSON.stringify(deployment.fakes.log.entries)).not.toContain(token);
  });

  it.each(["", "  ", "\u0007", "​"])("takes no name that says nobody: %j", async (name) => {
    const { status, body } = await signIn(browse(open()), name);
    expect([status, body]).toStrictEqual([422, expect.stringContaining("Say who you are")]);
  });

  it("leaves it to the host who gets in, and tells others only that they do not", async () => {
    const page = open({ access: async ({ headers }) => headers.get("x-user") ?? undefined });
    const browser = browse(page);
    const { status, body } = await browser.get("");
    expect([status, body]).toStrictEqual([403, expect.stringContaining("for operators")]);
    expect(body).not.toContain("password");
    expect((await browser.get("", { headers: { "x-user": "olga" } })).body).not.toContain("Sign out");
    expect((await browser.post("sign-in", { name: "eve", token })).status).toBe(403);
  });

  it.each(["", "  ", "\u0007\n", "\u200b"])(
    "takes a name of the host that says nobody for nobody: %j",
    async (name) => {
      const browser = known(name);
      expect((await browser.get("")).status).toBe(403);
      expect((await browser.post("do/adopt", { type: "order", id: deployment.late })).status).toBe(403);
    },
  );

  it("answers a mistake of the host's login without a word about it", async () => {
    const page = browse(
      open({
        access: () => {
          throw new Error("the password is hush");
        },
      }),
    );
    const { status, body } = await page.get("");
    expect([status, body.includes("hush")]).toStrictEqual([500, false]);
    expect(deployment.fakes.log.entries).toMatchObject([{ level: "error", message: "the operator's page has failed" }]);
  });

  it("does not begin with a token that can be guessed, or at no path", () => {
    expect(() => open({ access: { token: "short" } })).toThrow("a token of at least 32 bytes");
    for (const spaced of [`${token} `, `\n${token}`])
      expect(() => open({ access: { token: spaced } })).toThrow("without spaces at its ends");
    for (const path of ["operator", "/a b", "https://bot.example/operator"])
      expect(() => open({ path })).toThrow("a path like /operator");
  });
});

describe("forms from elsewhere", () => {
  const adopt = () => ["do/adopt", { type: "order", id: deployment.late }] as const;

  it.each<[string, Record<string, string>]>([
    ["another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }],
    ["another site that hides", { origin: "null", "sec-fetch-site": "cross-site" }],
    ["another host of the domain", { origin: "https://www.bot.example", "sec-fetch-site": "same-site" }],
    ["another port of the host", { origin: "https://bot.example:8443", "sec-fetch-site": "same-site" }],
    ["an old browser at another site", { origin: "https://evil.example", "sec-fetch-site": "" }],
    ["no browser", { origin: "", "sec-fetch-site": "" }],
    ["a site that looks like ours", { origin: "https://bot.example.evil.example" }],
    ["no address at all", { origin: "https://bot.example/path" }],
    [
      "another site behind a proxy that writes our name",
      { origin: "https://bot.example", "sec-fetch-site": "cross-site" },
    ],
  ])("are refused from %s", async (_, given) => {
    const headers = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ""));
    const request = new Request("http://10.0.0.1/operator/do/adopt", {
      method: "POST",
      headers: { host: "bot.example", "content-type": "application/x-www-form-urlencoded", ...headers },
      body: String(new URLSearchParams(adopt()[1])),
    });
    const answered = await open({ access: () => "olga" })(request);
    expect(answered.status).toBe(403);
    expect(await answered.text()).toContain("nothing was done");
    expect(await actionsDone()).toStrictEqual([]);
  });

  it("are taken from the page itself where a proxy changes the name of the host, if that is said", async () => {
    const headers = { origin: "https://bot.example", "sec-fetch-site": "same-origin" };
    const inside = "http://10.0.0.5:8080/operator/";
    expect((await browse(open({ access: () => "olga" }), inside).post(...adopt(), headers)).status).toBe(403);
    const told = open({ access: () => "olga", origin: "https://bot.example" });
    expect((await browse(told, inside).post(...adopt(), headers)).status).toBe(303);
  });
});

describe("what is shown", () => {
  it("is the same safe document everywhere, with addresses that lead on behind any prefix", async () => {
    const { likeness, late } = deployment;
    const page = operatorPage({ operator: likeness.operator, access: () => "olga <b>", clock: deployment.fakes.clock });
    const prefix = "/likeness/bots/operator/";
    const paths = [
      "",
      "statistics",
      "actions",
      "orders/none",
      `orders/${late}`,
      "needs/late",
      "needs/messages",
      "nowhere/a/b",
    ];
    const asks = [`do/adopt?type=order&id=${late}`, "do/erase-owner", "needs/none", "orders/%zz", "do/nothing"];
    for (const path of [...paths, ...asks]) {
      const { body, headers, status } = await browse(page).get(path);
      expect([path, status < 500]).toStrictEqual([path, true]);
      expect(headers.get("content-security-policy")).toMatch(
        /^default-src 'none'; style-src 'self'; .*frame-ancestors 'none'$/,
      );
      expect(headers.get("content-security-policy")).not.toMatch(/script|unsafe/);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(body).toContain("olga &lt;b&gt;");
      expect(body).not.toMatch(/<script|<b>|\son\w+=|style=/i);
      for (const [, address = ""] of body.matchAll(/(?:href|action)="([^"#]+)"/g)) {
        const { pathname } = new URL(address.replaceAll("&amp;", "&"), `https://bot.example${prefix}${path}`);
        expect([path, address, pathname.startsWith(prefix)]).toStrictEqual([path, address, true]);
      }
    }
    const { headers } = await browse(page, "https://bot.example/operator").get("");
    expect(new URL(headers.get("location") ?? "", "https://bot.example/likeness/operator").pathname).toBe(
      "/likeness/operator/",
    );
  });

  it("is found below any path, and nothing is beside it", async () => {
    const at = (path: string, from: string) => browse(open({ access: () => "olga", path }), from).get("");
    for (const path of ["", "/", "/a/b/", "/a/b"]) {
      const from = `https://bot.example${path.replace(/\/$/, "")}/`;
      expect((await at(path, from)).body).toContain("Something needs you");
    }
    expect((await at("/a/b", "https://bot.example/a/bc/")).status).toBe(404);
  });

  it("shows ids of deliveries and messages as those of orders", async () => {
    const { body } = await known().get("");
    for (const id of [deployment.delivery, deployment.message]) expect(body).toContain(`<span class="id">${id}</span>`);
  });

  it("shows an alarm that stands although every list is empty, and for how long", async () => {
    const { ports, clock } = testPorts();
    await storeStandingAlarm(ports.store);
    await clock.advance(600);
    const { body } = await browse(
      operatorPage({ operator: createLikeness(ports).operator, access: () => "olga", clock }),
    ).get("");
    expect(body).toMatch(/<h1>Something needs you<\/h1>[^]*The provider refuses our account[^]*10 min ago/);
    expect(body).not.toMatch(/Nothing needs you|Every list of what needs a person is empty/);
  });

  it("says so when nothing needs anybody", async () => {
    const { ports } = testPorts();
    const browser = browse(operatorPage({ operator: createLikeness(ports).operator, access: () => "olga" }));
    expect((await browser.get("")).body).toMatch(/<h1>Nothing needs you<\/h1>[^]*Nothing is under way/);
    expect((await browser.get("needs/late")).body).toContain("Nothing here needs you.");
    expect((await browser.get("actions")).body).toContain("Nobody has done anything yet.");
    expect((await browser.get("statistics")).body).toContain("No order has ended in these days.");
  });

  it("goes through a list page by page, each row once", async () => {
    const { store } = deployment.fakes.ports;
    const settledAt = deployment.fakes.clock.now();
    for (let count = 0; count < 45; count++)
      await valueOf(
        store.inbox.insert(anInboxDelivery({ outcome: "foreign", settledAt, requestId: `request-${count}.` })),
      );
    const browser = known();
    expect((await browser.get("")).body).toContain('<span class="count">more than 5</span>');
    const seen: string[] = [];
    for (let next: string | undefined = "needs/deliveries", pages = 0; next !== undefined; pages++) {
      expect(pages).toBeLessThan(4);
      const { body } = await browser.get(next);
      seen.push(...[...body.matchAll(/request-\d+\./g)].map(String));
      const [, address] = /rel="next"\s+href="([^"]+)"/.exec(body) ?? [];
      next = address && new URL(address.replaceAll("&amp;", "&"), "https://bot.example/operator/needs/x").href;
    }
    expect([seen.length, new Set(seen).size]).toStrictEqual([45, 45]);
    expect((await browser.get("needs/deliveries?after=rubbish")).status).toBe(400);
  });

  it("finds an order by its id, and says what is not there and what was erased", async () => {
    const { likeness, late } = deployment;
    const browser = known();
    expect((await browser.get(`orders?id=+${late}+`)).headers.get("location")).toBe(`./orders/${late}`);
    for (const path of ["orders?id=", "orders/none", `orders?id=${"x".repeat(200)}`])
      expect([path, (await browser.get(path)).status]).toStrictEqual([path, 404]);
    await valueOf(likeness.operator.eraseOwner({ operator: "olga", ownerId: "owner:1" }));
    const { status, body } = await browser.get(`orders/${late}`);
    expect([status, body]).toStrictEqual([410, expect.stringContaining("It was erased")]);
  });

  it("tells figures of some days, and which days there are not", async () => {
    const browser = known();
    const { body } = await browser.get("statistics?from=2026-11-23&to=2026-11-23");
    expect(body).toMatch(/Orders: training[^]*50 %[^]*provider_error/);
    expect((await browser.get("statistics?from=2026-11-24&to=2026-11-23")).status).toBe(400);
  });
});

describe("what is done", () => {
  it("asks first, does it once, says so once, and notes who did it", async () => {
    const { late } = deployment;
    const browser = known();
    const subject = { type: "order", id: late };
    const { body } = await browser.get(`do/adopt?${String(new URLSearchParams(subject))}`);
    expect(body).toMatch(/<form method="post" action="\.\.\/do\/adopt">/);
    expect(await actionsDone()).toStrictEqual([]);
    const done = await browser.does("do/adopt", subject);
    expect(done.body).toContain("The avatar is ready with this result");
    const again = await browser.get(`orders/${late}`);
    expect(again.body).not.toContain('role="status"');
    expect(again.body).not.toContain("do/adopt");
    expect(await actionsDone()).toStrictEqual(["olga adopt adopted"]);
  });

  it("tells nothing that another host of the domain has put into a cookie, and nothing of another operator", async () => {
    const planted = btoa(JSON.stringify([true, "Refund", "Sign in again at evil.example"])).replace(/=+$/, "");
    const page = open({ access: ({ headers }) => headers.get("x-user") ?? undefined });
    const browser = browse(page);
    const get = async (user: string) => (await browser.get("", { headers: { "x-user": user } })).body;
    for (const prefix of ["", "__Host-"])
      for (const value of [planted, `${planted}.`, `${planted}.${"A".repeat(43)}`]) {
        browser.cookies.set(`${prefix}likeness-operator-said`, value);
        expect(await get("olga")).not.toContain("evil.example");
      }
    browser.cookies.clear();
    await browser.post("do/adopt", { type: "order", id: deployment.late }, { "x-user": "olga" });
    expect(await get("omar")).not.toContain("The avatar is ready");
    expect(await get("olga")).toContain("The avatar is ready");
  });

  it("tells it by any replica that has the host's secret, and by no other", async () => {
    const login = { access: () => "olga" };
    const secret = "s".repeat(32);
    const subject = { type: "order", id: deployment.late };
    for (const [at, told] of [
      [{ secret }, true],
      [{ secret: "t".repeat(32) }, false],
      [{}, false],
    ] as const) {
      const browser = browse(open({ ...login, secret }));
      await browser.post("do/adopt", subject);
      const other = browse(open({ ...login, ...at }));
      for (const [name, value] of browser.cookies) other.cookies.set(name, value);
      expect([at, (await other.get("")).body.includes('role="status"')]).toStrictEqual([at, told]);
    }
    expect(() => open({ ...login, secret: "short" })).toThrow("a secret of at least 32 bytes");
  });

  it("tells the second of two operators what the first has done", async () => {
    const subject = { type: "order", id: deployment.late };
    await known("olga").does("do/adopt", subject);
    const { body } = await known("omar").does("do/adopt", subject);
    expect(body).toContain("It was adopted before. Nothing has changed.");
    expect(await actionsDone()).toStrictEqual(["omar adopt adopted-before", "olga adopt adopted"]);
  });

  it("says why something cannot be done, where it stands now", async () => {
    const { unknown, message, delivery } = deployment;
    const browser = known();
    const { status, body } = await browser.does("do/cancel", { type: "order", id: unknown });
    expect([status, body]).toStrictEqual([
      200,
      expect.stringMatching(/class="notice bad"[^]*Its status is unknown, so it cannot be cancelled\./),
    ]);
    expect((await browser.does("do/send-again", { type: "message", id: message })).body).toContain(
      "The bot sends it now.",
    );
    const dismissed = await browser.does("do/dismiss", { type: "delivery", id: delivery });
    expect(dismissed.body).toMatch(/It is listed no longer[^]*Nothing here needs you/);
    const gone = await browser.does("do/cancel", { type: "order", id: "none" });
    expect([gone.status, gone.body]).toStrictEqual([404, expect.stringContaining("Cancel:")]);
  });

  it.each<[string, Record<string, string>, number]>([
    ["do/adopt", { type: "job", id: "a" }, 400],
    ["do/adopt", { type: "order" }, 400],
    ["do/adopt", { type: "order", id: "x".repeat(1_001) }, 400],
    ["do/constructor", { type: "order", id: "a" }, 404],
    ["files/anything", { id: "a" }, 404],
    ["nowhere", {}, 404],
    ["statistics", {}, 405],
  ])("does nothing that is not there: %s %j", async (path, fields, status) => {
    expect((await known().post(path, fields)).status).toBe(status);
    expect(await actionsDone()).toStrictEqual([]);
  });

  it("erases only an owner whose id was typed, and puts it in no address and no entry", async () => {
    const { likeness } = deployment;
    const browser = known();
    const { body } = await browser.get("do/erase-owner?type=owner&id=owner:1");
    expect(body).not.toContain("owner:1");
    const answered = await browser.post("do/erase-owner", { type: "owner", id: " owner:1 " });
    expect(answered.headers.get("location")).not.toContain("owner");
    const { items } = await valueOf(likeness.operator.actions());
    expect(items).toMatchObject([{ action: "erase-owner", subject: { type: "erasure" } }]);
    expect(JSON.stringify(items)).not.toContain("owner:1");
    expect((await browser.get("")).body).toContain(`being erased. The receipt is ${items[0]?.subject.id}`);
    const mistyped = await browser.does("do/erase-owner", { type: "owner", id: "owner:11" });
    expect(mistyped.body).toContain("There was no avatar of such an owner");
  });

  it("opens a photo with an entry that says who looked, and hands it on as a picture that can do nothing", async () => {
    const { fakes } = deployment;
    const { store, blobs } = fakes.ports;
    const blobKey = await valueOf(blobs.put(new TextEncoder().encode("<script>alert(1)</script>")));
    const photo = anAcceptedPhoto();
    const state = photo.state.status === "accepted" ? { ...photo.state, blobKey } : photo.state;
    await valueOf(store.avatars.save(anAvatar({ id: photo.avatarId })));
    await valueOf(store.photos.save({ ...photo, state }));
    const browser = known();
    const { status, headers } = await browser.post("files/photo", { id: photo.id });
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("image/jpeg");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toContain("sandbox");
    expect(headers.get("cache-control")).toBe("no-store");
    expect((await browser.get(`files/photo?id=${photo.id}`)).status).toBe(405);
    const gone = "019ab000-0000-7000-8000-00000000beef";
    for (const id of [gone, "none", "telegram:42", "x".repeat(16_000)]) {
      expect((await browser.post("files/photo", { id })).status).toBe(404);
      expect((await browser.post("files/picture", { id })).status).toBe(404);
    }
    expect(await actionsDone()).toStrictEqual([
      "olga open-picture picture-not-found",
      "olga open-photo photo-not-found",
      "olga open-photo opened",
    ]);
  });

  it("offers the photos of a training, which are somebody's, only where they can be opened", async () => {
    const { store } = deployment.fakes.ports;
    const photo = anAcceptedPhoto();
    const blobKey = photo.state.status === "accepted" ? photo.state.blobKey : "";
    const training = aTraining("succeeded", { avatarId: photo.avatarId });
    const manifest = [{ file: "photo_001.jpg", blobKey, bytes: 1 }];
    await valueOf(store.avatars.save(anAvatar({ id: photo.avatarId })));
    await valueOf(store.photos.save(photo));
    await valueOf(store.orders.save({ ...training, snapshot: { ...training.snapshot, manifest } }));
    expect((await known().get(`orders/${training.id}`)).body).toContain(`value="${photo.id}"`);
    expect((await known("olga", { readOnly: true }).get(`orders/${training.id}`)).body).not.toContain(photo.id);
  });

  it("saves a file that is no picture instead of showing it", () => {
    const { headers } = fileAnswer(new ReadableStream(), "text/html");
    expect([headers.get("content-type"), headers.get("content-disposition")]).toStrictEqual([
      "application/octet-stream",
      "attachment",
    ]);
  });

  it("does nothing where it only shows: there is no form, and what is sent is refused", async () => {
    const { late, message } = deployment;
    const browser = known("olga", { readOnly: true });
    for (const path of ["", "needs/late", "needs/messages", `orders/${late}`, "actions", "statistics"]) {
      const { status, body } = await browser.get(path);
      expect([path, status, /method="post"|\/do\//.test(body)]).toStrictEqual([path, 200, false]);
    }
    expect((await browser.get(`do/adopt?type=order&id=${late}`)).status).toBe(403);
    for (const [path, id] of [
      ["do/adopt", late],
      ["files/photo", "any"],
      ["do/send-again", message],
    ] as const)
      expect((await browser.post(path, { type: "order", id })).status).toBe(403);
    expect(await actionsDone()).toStrictEqual([]);
  });
});

describe("trouble", () => {
  it("says that the database does not answer, and goes on when it does", async () => {
    const { late, fakes } = deployment;
    const browser = known();
    fakes.storage.setDown(true);
    for (const path of ["", "needs/late", `orders/${late}`, "statistics", "actions"]) {
      const { status, body } = await browser.get(path);
      expect([path, status]).toStrictEqual([path, 503]);
      expect(body).toContain("The database does not do its work. Try again");
    }
    const refused = await browser.post("do/adopt", { type: "order", id: late });
    expect([refused.status, refused.body]).toStrictEqual([503, expect.stringContaining(`orders/${late}`)]);
    fakes.storage.setDown(false);
    expect((await browser.get("")).status).toBe(200);
    expect((await browser.does("do/adopt", { type: "order", id: late })).body).toContain("The avatar is ready");
  });

  it("says that a store has no part for operators", async () => {
    const { ports } = testPorts();
    const { operator: _, ...store } = ports.store;
    const page = operatorPage({ operator: createLikeness({ ...ports, store }).operator, access: () => "olga" });
    expect((await browse(page).get("")).status).toBe(501);
  });

  it.each(["PUT", "DELETE", "PATCH", "OPTIONS"])("answers %s with what it takes", async (method) => {
    const { status, headers } = await known().get("", { method });
    expect([status, headers.get("allow")]).toStrictEqual([405, "GET, HEAD, POST"]);
  });

  it("answers HEAD as GET, without the document", async () => {
    const { status, headers, body } = await known().get("", { method: "HEAD" });
    expect([status, headers.get("content-type"), body]).toStrictEqual([200, "text/html; charset=utf-8", ""]);
  });

  it("reads no more of a body than a form has", async () => {
    const page = open({ access: () => "olga" });
    let chunks = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        chunks += 1;
        controller.enqueue(new Uint8Array(8_192).fill(97));
      },
    });
    const headers = {
      host: "bot.example",
      origin: "https://bot.example",
      "content-type": "application/x-www-form-urlencoded",
    };
    const send = (init: RequestInit, more: Readonly<Record<string, string>> = {}) =>
      page(
        new Request("http://10.0.0.1/operator/do/adopt", {
          method: "POST",
          ...init,
          headers: { ...headers, ...more },
        }),
      );
    const init: RequestInit & { duplex: "half" } = { body: endless, duplex: "half" };
    expect((await send(init)).status).toBe(413);
    expect(chunks).toBeLessThan(6);
    expect((await send({ body: "a" }, { "content-length": "1000000" })).status).toBe(413);
    expect((await send({ body: "{}" }, { "content-type": "application/json" })).status).toBe(415);
    const broken = new ReadableStream({ pull: (controller) => controller.error(new Error("cut")) });
    expect((await send({ body: broken, duplex: "half" } as RequestInit)).status).toBe(400);
    expect(await actionsDone()).toStrictEqual([]);
  });
});
