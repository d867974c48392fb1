export { overflow, rateLimited, type Answer, type Refusal, type Reply, type ScriptedCall } from "./reply.ts";
export {
  startScriptedModel,
  type RecordedRequest,
  type ScriptedModel,
  type ScriptedModelOptions,
} from "./server.ts";
