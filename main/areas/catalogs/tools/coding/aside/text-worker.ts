import { answerWith } from "../../../../../kernel/helper-thread.ts";
import { textHelpers } from "./text-helpers.ts";

answerWith(textHelpers);
