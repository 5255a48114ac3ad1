import { silentLog, systemClock, type Clock, type Log, type OperatorCommands } from "@likeness/core";
import type { OperatorAccess } from "./access/access.ts";
import { needSecret } from "./access/need-secret.ts";
import { signInPage, type SignInProblem } from "./access/sign-in-page.ts";
import { tokenAccess } from "./access/token-access.ts";
import { refusalPage } from "./errors.ts";
import { textAnswer, seeOther } from "./http/answers.ts";
import { isFromOwnPage } from "./http/own-origin.ts";
import { readForm } from "./http/read-form.ts";
import { notices } from "./http/said.ts";
import { documentOf } from "./layout.ts";
import { mountOf, placeOf, type Place } from "./place.ts";
import { routes } from "./routes.ts";
import { styles } from "./styles.ts";
import type { Shown, Visit } from "./visit.ts";

export interface OperatorPageOptions {
  /** `likeness.operator`. */
  readonly operator: OperatorCommands;
  /** Who gets in, and under which name. */
  readonly access: OperatorAccess;
  /** The path at which requests reach it, e.g. `/operator`, the default. What a proxy cuts off before it does not count. */
  readonly path?: string | undefined;
  /** Shows everything but opens no file, and does nothing. */
  readonly readOnly?: boolean | undefined;
  /** As browsers see it, e.g. `https://bot.example`, where a proxy changes the header `Host`. */
  readonly origin?: string | undefined;
  /**
   * What all replicas share, at least 32 bytes: by it each of them tells what came of an act, whichever did it. Only for
   * your own login; absent: the replica that did it tells. A token of `access` is such a secret.
   */
  readonly secret?: string | undefined;
  readonly clock?: Clock | undefined;
  readonly log?: Log | undefined;
}

const type = { html: "text/html; charset=utf-8", css: "text/css; charset=utf-8", svg: "image/svg+xml" } as const;

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="9" fill="#0b6e5f"/><circle cx="16" cy="12.5" r="5" fill="#fff"/><path d="M6.500 26a9.500 8 0 0 1 19 0z" fill="#fff"/></svg>`;

/**
 * The operator's page as a function of web standards, without scripts. `toNodeListener` of `@likeness/core` serves it by
 * Node, Express or Fastify. Nobody gets in without `access`, and every act and every file that is opened leaves an entry in
 * `operator.actions`.
 *
 * @throws If the token or the secret is shorter than 32 bytes, the token has a space at an end, or `path` is none.
 *
 * @example
 * const page = operatorPage({ operator: likeness.operator, access: { token: "of `openssl rand -hex 32`" } });
 * const { status } = await page(new Request("http://localhost/operator/")); // 401, and a form for the token
 */
export function operatorPage(options: OperatorPageOptions): (request: Request) => Promise<Response> {
  const { operator: commands, access, origin, readOnly = false, clock = systemClock, log = silentLog } = options;
  const mount = mountOf(options.path ?? "/operator");
  const tokens = typeof access === "function" ? undefined : tokenAccess(access.token, clock, log);
  const whoSends = typeof access === "function" ? access : tokens?.who;

  if (options.secret !== undefined) needSecret(options.secret, "a secret");
  const told = notices(typeof access === "function" ? options.secret : access.token);

  const show = async (place: Place, shown: Shown, request: Request, who?: string): Promise<Response> => {
    const said = who === undefined ? undefined : await told.saidIn(request, who);
    const frame = { ...place, who, readOnly, signsOut: tokens !== undefined, notice: said };
    const headers = { ...shown.headers, ...(said && { "set-cookie": said.deletion }) };
    return textAnswer(documentOf(frame, shown), type.html, shown.status, headers);
  };

  const signIn = async (place: Place, request: Request): Promise<Response> => {
    const form = await readForm(clock, request);
    if (form.isErr()) return show(place, refusalPage(form.error.type), request);
    const to = form.value.get("to") ?? "";
    const next = isBelow(to) ? to : "";
    const ask = (problem: SignInProblem): Promise<Response> =>
      show(place, signInPage(place.root, next, problem), request);
    const came = await tokens?.signIn(request, form.value);
    if (!came || "problem" in came)
      return came?.problem === "not-secure"
        ? show(place, refusalPage("not-secure"), request)
        : ask(came?.problem ?? "wrong-token");
    return seeOther(`${place.root}${next}`, { "set-cookie": came.cookie });
  };

  const answer = async (request: Request): Promise<Response> => {
    const { pathname, search, searchParams: query } = new URL(request.url);
    const place = placeOf(pathname, mount);
    if (place === undefined) return textAnswer("There is nothing here.\n", "text/plain; charset=utf-8", 404);
    if (place === "slash") return seeOther(`${mount.slice(mount.lastIndexOf("/") + 1)}/`);
    const { path, root } = place;
    const isGet = request.method === "GET" || request.method === "HEAD";
    if (isGet && path === "page.css") return textAnswer(styles, type.css);
    if (isGet && path === "icon.svg") return textAnswer(icon, type.svg);
    if (!isGet && request.method !== "POST") return show(place, refusalPage("wrong-method"), request);
    if (!isGet && !isFromOwnPage(request, origin)) return show(place, refusalPage("foreign-form"), request);
    if (tokens && path === "sign-in") return isGet ? seeOther(root) : signIn(place, request);

    const who = named(await whoSends?.(request));
    if (who === undefined)
      return tokens
        ? show(place, signInPage(root, isGet && isBelow(`${path}${search}`) ? `${path}${search}` : ""), request)
        : show(place, refusalPage("forbidden"), request);
    if (tokens && path === "sign-out" && !isGet) return seeOther(root, { "set-cookie": tokens.signOut(request) });

    const refuse = (refusal: Parameters<typeof refusalPage>[0]): Promise<Response> =>
      show(place, refusalPage(refusal), request, who);
    const [route, name] = routeOf(path);
    if (!route || name === undefined) return refuse("not-found");
    const cookieSaying: Visit["cookieSaying"] = (to, said) => told.cookieSaying(to, who, said);
    const visit: Visit = { commands, who, now: clock.now(), readOnly, cookieSaying, root, name, query };
    if (isGet) {
      if (!route.get) return refuse("wrong-method");
      return answerOf(await route.get(visit), (shown) => show(place, shown, request, who));
    }
    if (!route.post) return refuse("wrong-method");
    if (readOnly) return refuse("read-only");
    const form = await readForm(clock, request);
    if (form.isErr()) return refuse(form.error.type);
    return answerOf(await route.post(visit, form.value, request), (shown) => show(place, shown, request, who));
  };

  return async (request) => {
    try {
      const answered = await answer(request);
      return request.method === "HEAD" ? new Response(null, answered) : answered;
    } catch (cause) {
      log.error({ err: cause }, "the operator's page has failed");
      return show({ path: "", root: "./" }, refusalPage("defect"), request);
    }
  };
}

const answerOf = async (given: Shown | Response, show: (shown: Shown) => Promise<Response>): Promise<Response> =>
  given instanceof Response ? given : show(given);

/** A name that says nobody is none: nothing could be noted with it. */
const named = (who: string | undefined): string | undefined => (/[^\p{C}\p{Z}]/u.test(who ?? "") ? who : undefined);

/** The route of a path, and what stands in the place of its `*`. */
function routeOf(path: string): readonly [(typeof routes)[string] | undefined, string | undefined] {
  if (Object.hasOwn(routes, path)) return [routes[path], ""];
  const [first = "", second = "", ...more] = path.split("/");
  const key = `${first}/*`;
  return Object.hasOwn(routes, key) && more.length === 0 ? [routes[key], decoded(second)] : [undefined, undefined];
}

function decoded(part: string): string | undefined {
  try {
    return part === "" ? undefined : decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** Whether an address is one of ours, to go on at after signing in. */
const isBelow = (to: string): boolean =>
  to.length <= 1_500 && /^[\w%~.-]*(?:\/[\w%~.-]+)?(?:\?[\w%~.&=+:-]*)?$/.test(to);
