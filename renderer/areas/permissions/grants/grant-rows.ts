import type { Grant } from "../../../../main/areas/permissions/contract.ts";

export type GrantRow =
  | {
      readonly kind: "heading";
      readonly key: string;
      readonly clientId: string;
      readonly grants: readonly Grant[];
    }
  | { readonly kind: "grant"; readonly key: string; readonly grant: Grant };

/** What agents may do without asking, agent by agent: who was given something last comes first. */
export function grantRows(grants: readonly Grant[], search: string, now: number): readonly GrantRow[] {
  const words = search.trim().toLowerCase();
  const shown = grants
    .filter(({ expiresAt }) => expiresAt === null || expiresAt > now)
    .filter(({ sentence, clientId, sessionId }) =>
      [sentence, clientId, sessionId ?? ""].join("\n").toLowerCase().includes(words),
    )
    .toSorted((a, b) => b.createdAt - a.createdAt);
  const byClient = new Map<string, Grant[]>();
  for (const grant of shown) {
    const given = byClient.get(grant.clientId);
    if (given === undefined) byClient.set(grant.clientId, [grant]);
    else given.push(grant);
  }
  return [...byClient].flatMap(([clientId, given]): GrantRow[] => [
    { kind: "heading", key: `of ${clientId}`, clientId, grants: given },
    ...given.map((grant) => ({ kind: "grant" as const, key: grant.id, grant })),
  ]);
}
