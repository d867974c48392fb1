import type { Risk } from "../contract.ts";
import { preview } from "../../../contract/visible-text.ts";
import { ranked, risk } from "./risk.ts";

const reading = new Set(["GET", "HEAD", "OPTIONS"]);

export function networkRisks(request: {
  readonly method: string;
  readonly url: string;
  readonly body: string;
}): Risk[] {
  const where = preview(hostOf(request.url) ?? "an address that Gatehouse can't read", 100);
  const sends = request.body !== "" || !reading.has(request.method.toUpperCase());
  return ranked([
    sends
      ? risk(
          "network",
          "high",
          "sends data over the network",
          `What it sends to ${where} may leave your machine for good.`,
        )
      : risk(
          "network",
          "medium",
          "fetches from the network",
          `It loads something from ${where}; the address itself is sent there.`,
        ),
    ...(hostOf(request.url) === null
      ? [
          risk(
            "unknown",
            "high",
            "goes to an address that can't be read",
            "Gatehouse can't tell where it goes.",
          ),
        ]
      : []),
  ]);
}

function hostOf(url: string): string | null {
  try {
    const { protocol, host } = new URL(url);
    return /^(https?|wss?):$/.test(protocol) && host !== "" ? host : null;
  } catch {
    return null;
  }
}
