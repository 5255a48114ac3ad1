import type { Store } from "@likeness/core";

/** Wraps a store, and lists the methods of its repositories that were not called yet. */
export function notingCalls(store: Store): { readonly store: Store; uncalled(): string[] } {
  const uncalled = new Set<string>();
  const noting = <Repository extends object>(name: string, repository: Repository): Repository => {
    for (const method of Object.keys(repository)) uncalled.add(`${name}.${method}`);
    return new Proxy(repository, {
      get: (target, method, receiver) => {
        uncalled.delete(`${name}.${String(method)}`);
        return Reflect.get(target, method, receiver);
      },
    });
  };
  const { avatars, photos, orders, pictures, inbox, outbox, sessions } = store;
  return {
    store: {
      ...store,
      avatars: noting("avatars", avatars),
      photos: noting("photos", photos),
      orders: noting("orders", orders),
      pictures: noting("pictures", pictures),
      inbox: noting("inbox", inbox),
      outbox: noting("outbox", outbox),
      sessions: noting("sessions", sessions),
    },
    uncalled: () => [...uncalled],
  };
}
