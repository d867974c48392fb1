import type { access, AccessKey } from "../../../main/areas/access/contract.ts";
import { followedStore } from "../../client/followed-store.ts";
import { snapshots } from "./calls.ts";

export const withKey = (keys: readonly AccessKey[], key: AccessKey): readonly AccessKey[] =>
  keys.some(({ id }) => id === key.id)
    ? keys.map((known) => (known.id === key.id ? key : known))
    : [...keys, key];

export const withoutKey = (keys: readonly AccessKey[], id: string): readonly AccessKey[] =>
  keys.filter((key) => key.id !== id);

export const useKeys = followedStore<typeof access, readonly AccessKey[]>({
  area: "access",
  empty: [],
  async load() {
    const { value, seq } = await snapshots.listKeys();
    return { value: value.keys, seq };
  },
  reducers: {
    created: withKey,
    used: withKey,
    revoked: (keys, { id }) => withoutKey(keys, id),
    // It stays in the list: its time says that it has ended.
    expired: "ignore",
  },
});
