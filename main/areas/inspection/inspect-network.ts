import { callBody } from "./call-body.ts";
import { act, isNamedWhole } from "./act.ts";
import type { Inspection, Proposal } from "./contract.ts";
import { canonicalJson, sha256 } from "./digest.ts";
import { networkRisks } from "./risks/network.ts";
import { visibleText } from "../../contract/visible-text.ts";

/** A request over the network. What is fetched, and where data goes, is decided anew for each address. */
export function inspectNetwork({ method, url, body }: Extract<Proposal, { kind: "network" }>): Inspection {
  const line = `${method.toUpperCase()} ${url}`;
  return {
    subject: {
      action: "network",
      target: line,
      remember: "narrow",
      fingerprint: sha256(canonicalJson([method, url, body])),
    },
    presentation: {
      wants: "wants to use the network",
      act: act("request", line),
      ...(body === "" && isNamedWhole("request", line) ? { actIsAll: true } : {}),
      ...callBody(visibleText(body === "" ? line : `${line}\n\n${body}`, "\n\t")),
      risks: networkRisks({ method, url, body }),
    },
  };
}
