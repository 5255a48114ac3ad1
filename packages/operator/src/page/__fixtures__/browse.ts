export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

export interface Browser {
  /** Asks for an address below the first one, as a link would. */
  get(path: string, init?: RequestInit): Promise<Answer>;
  /** Sends a form as the page itself would; does not follow the answer. */
  post(
    path: string,
    fields: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  /** Sends a form, and follows to the page after it. */
  does(path: string, fields: Readonly<Record<string, string>>): Promise<Answer>;
  readonly cookies: Map<string, string>;
}

/** A browser with cookies and without a screen. `from`: the address that it shows for the page. */
export function browse(page: (request: Request) => Promise<Response>, from = "https://bot.example/operator/"): Browser {
  const cookies = new Map<string, string>();
  const ask = async (address: URL, init: RequestInit): Promise<Answer> => {
    const headers = new Headers(init.headers);
    const sent = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    if (sent !== "") headers.set("cookie", sent);
    headers.set("host", address.host);
    // As a proxy that ends https passes it on.
    const inside = `http://10.0.0.1:8080${address.pathname}${address.search}`;
    const answered = await page(new Request(inside, { ...init, headers }));
    for (const line of answered.headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split("; ");
      const [name = "", value = ""] = pair.split(/=(.*)/s);
      if (attributes.includes("Max-Age=0")) cookies.delete(name);
      else cookies.set(name, value);
    }
    return { status: answered.status, headers: answered.headers, body: await answered.text() };
  };
  const post: Browser["post"] = (path, fields, headers = {}) =>
    ask(new URL(path, from), {
      method: "POST",
      headers: {
        origin: new URL(from).origin,
        "sec-fetch-site": "same-origin",
        "content-type": "application/x-www-form-urlencoded",
        ...headers,
      },
      body: String(new URLSearchParams(fields)),
    });
  const get: Browser["get"] = (path, init = {}) => ask(new URL(path, from), init);
  return {
    cookies,
    get,
    post,
    does: async (path, fields) => {
      const { status, headers, body } = await post(path, fields);
      const next = headers.get("location");
      return next === null ? { status, headers, body } : get(new URL(next, new URL(path, from)).href);
    },
  };
}
