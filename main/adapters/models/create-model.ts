import type { Model } from "../../areas/runs/model.ts";
import { assertNever } from "../../contract/errors.ts";
import { createAnthropic } from "./anthropic.ts";
import type { ModelConfig } from "./model-config.ts";
import { createOpenAiCompatible } from "./openai-compatible.ts";
import { createPlaybook } from "./playbook.ts";

export function createModel(config: ModelConfig): Model {
  switch (config.type) {
    case "playbook":
      return createPlaybook(config.alias);
    case "openai-compatible":
      return createOpenAiCompatible(config);
    case "anthropic":
      return createAnthropic(config);
    default:
      return assertNever(config.type, "no such type of provider");
  }
}
