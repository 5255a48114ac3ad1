import { Api, type ApiCallFn, type Transformer } from "grammy";

/**
 * The host's Api, except that no message of ours gets a parse mode: with one, Telegram would parse our texts and ignore
 * their entities. Most transformers that set it globally respect ours, but `{ ...payload, parse_mode: "HTML" }` does not.
 * So this is an Api of our own, through which all transformers of the host run as they stand at the time of the call,
 * and behind them, next to the wire, one that takes the parse mode back. https://grammy.dev/advanced/transformers
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
    // As grammY chains them: the one installed last is called first.
    api.config.installedTransformers().reduce<ApiCallFn>(
      (next, transform) =>
        (...given) =>
          transform(next, ...given),
      call,
    )(method, payload, signal);
