import type { Grant, permissions } from "../../../../main/areas/permissions/contract.ts";
import { followedStore } from "../../../client/followed-store.ts";
import { windowSnapshots } from "../window-calls.ts";

/** A grant given again keeps its id and comes with its new life. */
export const granted = (grants: readonly Grant[], grant: Grant): readonly Grant[] =>
  grants.some(({ id }) => id === grant.id)
    ? grants.map((known) => (known.id === grant.id ? grant : known))
    : [...grants, grant];

export const revoked = (grants: readonly Grant[], { id }: Pick<Grant, "id">): readonly Grant[] =>
  grants.filter((grant) => grant.id !== id);

export const revokedMany = (grants: readonly Grant[], gone: readonly Grant[]): readonly Grant[] => {
  const ids = new Set(gone.map(({ id }) => id));
  return grants.filter(({ id }) => !ids.has(id));
};

export const useGrants = followedStore<typeof permissions, readonly Grant[]>({
  area: "permissions",
  empty: [],
  load: async () => {
    const { value, seq } = await windowSnapshots.listGrants();
    return { value: value.grants, seq };
  },
  reducers: {
    asked: "ignore",
    settled: "ignore",
    granted,
    revoked,
    recorded: "ignore",
    loosened: "ignore",
    denying: "ignore",
    undone: "ignore",
  },
});
