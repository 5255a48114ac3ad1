import { Api, type ApiCallFn, type Transformer } from "grammy";
import { floodWaits, type WaitPorts } from "./flood-waits.ts";

/**
 * The host's Api for our messages: without a parse mode, and without calls in a chat while Telegram asks to wait there.
 */
export function chatApi(api: Api, ports: WaitPorts): Api {
  const ours = literalApi(api);
  // Called before the host's transformers, so that none of them waits for a call that is not made.
  ours.config.use(floodWaits(ports));
  return ours;
}

/**
 * The host's Api without parse modes: with one, Telegram would parse our texts and ignore their entities. Most
 * transformers that set it globally leave our calls alone, but `{ ...payload, parse_mode: "HTML" }` does not. So this
 * is a separate Api that runs the host's transformers, as installed at the time of the call, and after them one that
 * removes the parse mode. https://grammy.dev/advanced/transformers
 */
export function literalApi(api: Api): Api {
  const literal = new Api(api.token, api.options);
  literal.config.use(withoutParseMode, throughTransformersOf(api));
  return literal;
}

const withoutParseMode: Transformer = (call, method, payload, signal) => {
  if (!("parse_mode" in payload)) return call(method, payload, signal);
  const { parse_mode: _of_the_host, ...ours } = payload;
  // Every parse mode is optional, so what is left is what the method takes; the types cannot tell.
  return call(method, ours as typeof payload, signal);
};

const throughTransformersOf =
  (api: Api): Transformer =>
  (call, method, payload, signal) =>
    // In grammY's order: the transformer installed last is called first.
    api.config.installedTransformers().reduce<ApiCallFn>(
      (next, transform) =>
        (...given) =>
          transform(next, ...given),
      call,
    )(method, payload, signal);
