import * as z from "zod";
import { chatModels } from "./openai/model-list.ts";
import { patientFetch } from "./transport/patient-fetch.ts";

export interface LocalModels {
  readonly alias: "ollama" | "lmstudio";
  readonly baseUrl: string;
  readonly models: readonly string[];
}

const DEFAULT_PORTS = { ollama: 11434, lmstudio: 1234 } as const;
const PATIENCE_MS = 300;

const ModelList = z.object({ data: z.array(z.object({ id: z.string().min(1).max(500) })).max(10_000) });

/** Looks for Ollama and LM Studio on this machine. Contract: never throws, and takes little longer than 300 ms. */
export async function discoverLocalModels(options: {
  readonly signal: AbortSignal;
  readonly ports?: { readonly ollama?: number; readonly lmstudio?: number };
}): Promise<LocalModels[]> {
  const ports = { ...DEFAULT_PORTS, ...options.ports };
  const found = await Promise.all([
    lookAt("ollama", ports.ollama, options.signal),
    lookAt("lmstudio", ports.lmstudio, options.signal),
  ]);
  return found.filter((server) => server !== null);
}

async function lookAt(
  alias: LocalModels["alias"],
  port: number,
  signal: AbortSignal,
): Promise<LocalModels | null> {
  const baseUrl = `http://127.0.0.1:${port}/v1`;
  const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  try {
    const response = await patientFetch(`${baseUrl}/models`, { signal: patience });
    if (!response.ok) return null;
    const list = ModelList.parse(await response.json());
    return { alias, baseUrl, models: chatModels(list.data.map((model) => model.id)) };
  } catch {
    // Nothing there, or something else that happens to listen on this port.
    return null;
  }
}
