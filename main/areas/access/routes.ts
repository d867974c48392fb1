import type { Routes } from "../../contract/define.ts";
import type { AccessScope } from "../../contract/principal.ts";
import type { LooseningPort } from "../../kernel/loosening.ts";
import type { access } from "./contract.ts";
import type { AccessService } from "./service.ts";

/** With these a key does what otherwise only the person does, in the words of what it could do then. */
const POWERFUL: Readonly<Partial<Record<AccessScope, string>>> = {
  answer: "answer requests",
  remember: "have answers remembered",
  configure: "change settings",
  admin: "make keys",
};

export function createAccessRoutes(
  service: AccessService,
  { loosen, forgetKey }: Pick<LooseningPort, "loosen" | "forgetKey">,
): Routes<typeof access> {
  return {
    listKeys: () => ({ keys: service.list() }),
    createKey(input, principal) {
      service.check(input, principal);
      const powers = input.scopes.flatMap((scope) => POWERFUL[scope] ?? []);
      if (powers.length === 0) return service.create(input, principal);
      const sentence = `Whoever holds the key "${input.name}" could ${powers.join(", ")} without you.`;
      return loosen({ act: "make a key", sentences: [sentence] }, principal, () =>
        service.create(input, principal),
      );
    },
    revokeKey({ id }) {
      const key = service.revoke(id);
      forgetKey(id);
      return key;
    },
  };
}
