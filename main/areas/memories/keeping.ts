import { listed } from "../../contract/in-words.ts";
import { homedir } from "node:os";
import { fail } from "../../contract/fail.ts";
import { actingName, askerOf, type Principal } from "../../contract/principal.ts";
import { quoted } from "../../contract/sentence.ts";
import { preview, visibleText } from "../../contract/visible-text.ts";
import { secretLooks } from "../../kernel/redact.ts";
import { act, isNamedWhole } from "../inspection/act.ts";
import { callBody } from "../inspection/call-body.ts";
import type { Inspection, Risk } from "../inspection/contract.ts";
import { sha256 } from "../inspection/digest.ts";
import type { GateRequest } from "../permissions/gate.ts";
import type { PermissionService } from "../permissions/service.ts";
import { memories } from "./contract.ts";

export interface MemoryText {
  readonly content: string;
  readonly tags: readonly string[];
}

const KEEPS: Risk = {
  kind: "writes",
  level: "low",
  text: "kept for later runs",
  why: "Later runs may be told of it, and so may the model they use. You can change or delete it in Memory.",
};

const looksSecret = (looks: readonly string[]): Risk => ({
  kind: "writes",
  level: "high",
  text: `looks like ${listed(looks)}`,
  why: "What is kept here is told to models and lies on this disk as plain text. Keep secrets in a password manager.",
});

/** What of it looks like a secret, tags and all. */
export const secretsIn = ({ content, tags }: MemoryText): readonly string[] =>
  secretLooks([content, ...tags].join("\n"));

/** What keeping it means, and all of it to be seen. What looks like a secret is asked about each time, and held. */
export function inspectKeeping(text: MemoryText): Inspection & Pick<GateRequest, "isForPerson"> {
  const { content, tags } = text;
  const looks = secretsIn(text);
  const named = tags.map((tag) => quoted(tag));
  const isAll = tags.length === 0 && isNamedWhole("remember", content);
  return {
    subject: {
      action: "remember",
      target: preview(content, 200),
      remember: looks.length === 0 ? "wide" : "once",
      fingerprint: sha256(JSON.stringify([content, tags])),
    },
    presentation: {
      wants: `wants to keep a memory${named.length === 0 ? "" : `, with the tags ${listed(named)}`}`,
      act: act("remember", content),
      ...(isAll ? { actIsAll: true } : {}),
      ...callBody(visibleText(content, "\n")),
      risks: looks.length === 0 ? [KEEPS] : [looksSecret(looks), KEEPS],
    },
    ...(looks.length === 0 ? {} : { isForPerson: true }),
  };
}

/** Lets a secret be kept only after the person has said so. */
export interface SecretGuard {
  /** Contract: rejects unless it is no secret, or the person means it to be kept. */
  check(text: MemoryText, by: Principal, isMeant: boolean): Promise<void>;
}

export function createSecretGuard(permissions: Pick<PermissionService, "ask">): SecretGuard {
  return {
    async check(text, by, isMeant) {
      const looks = secretsIn(text);
      if (looks.length === 0) return;
      if (by.kind === "person") {
        if (isMeant) return;
        throw fail(memories, "looks_secret", `This looks like ${listed(looks)}.`, { data: { looks } });
      }
      const { outcome, reason } = await permissions.ask(
        {
          origin: {
            door: "api",
            runId: null,
            sessionId: null,
            clientId: actingName(by),
            folder: homedir(),
            callId: null,
          },
          asker: askerOf(by),
          tool: "remember",
          arguments: text,
          ...inspectKeeping(text),
          signal: new AbortController().signal,
        },
        () => {},
      );
      if (outcome === "allowed") return;
      const why = reason === null ? "" : `: ${reason}`;
      throw fail(memories, "not_allowed", `Nothing was kept, because it was ${outcome}${why}.`);
    },
  };
}
