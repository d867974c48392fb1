const modelKey = /_(API_KEY|API_TOKEN|AUTH_TOKEN)$/;
const own = /^(GATEHOUSE|GLUE)_/;
const modelAddress = /^(OPENAI|ANTHROPIC|GEMINI|OLLAMA|OPENROUTER)_/;

/** The environment without anything that could let a test reach a model, a running daemon or a person's settings. */
export function withoutOwnSettings(environment) {
  const isForeign = (name) => !modelKey.test(name) && !own.test(name) && !modelAddress.test(name);
  return Object.fromEntries(Object.entries(environment).filter(([name]) => isForeign(name)));
}
