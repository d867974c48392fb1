import type {
  ArithmeticExpression,
  ParsedScript,
  ParameterExpansionPart,
  TestExpression,
  Word,
  WordPart,
} from "unbash";

/** Looks through what the shell expands: substitutions hold commands, and some expansions run what is in a value. */
export interface Expansions {
  word(word: Word): void;
  parts(parts: readonly WordPart[]): void;
  arithmetic(expression: ArithmeticExpression): void;
  test(expression: TestExpression): void;
}

const MAX_DEPTH = 60;
const CALCULATES = "calculates with values that are known only when it runs";
const SETS = "sets a variable on the way";
const EVALUATES = "expands a value in a way that can run code";

export function createExpansions(found: {
  doubt(what: string): void;
  script(script: ParsedScript): void;
  refuse(): never;
}): Expansions {
  let depth = 0;

  function word({ parts: own }: Word): void {
    if (own !== undefined) parts(own);
  }

  function parts(all: readonly WordPart[]): void {
    if ((depth += 1) > MAX_DEPTH) found.refuse();
    for (const one of all) part(one);
    depth -= 1;
  }

  function part(one: WordPart): void {
    switch (one.type) {
      case "Literal":
      case "SingleQuoted":
      case "AnsiCQuoted":
      case "SimpleExpansion":
        return;
      case "DoubleQuoted":
      case "LocaleString":
        return parts(one.parts);
      case "Glob":
      case "ExtendedGlob":
      case "BraceExpansion":
        return parts(one.parts ?? []);
      case "CommandExpansion":
      case "ProcessSubstitution":
        return one.script === undefined ? found.refuse() : found.script(one.script);
      case "ArithmeticExpansion":
        return one.expression === undefined ? found.refuse() : arithmetic(one.expression);
      case "ParameterExpansion":
        return parameter(one);
      default:
        return found.refuse();
    }
  }

  function parameter({ prefix, index, operation }: ParameterExpansionPart): void {
    if (prefix === "!" || index !== undefined) found.doubt(EVALUATES);
    if (index !== undefined) word(index);
    switch (operation?.type) {
      case undefined:
        return;
      case "Default":
        if (/^:?=$/.test(operation.operator)) found.doubt(SETS);
        return word(operation.operand);
      case "Remove":
        return word(operation.operand);
      case "Replace":
        word(operation.pattern);
        return word(operation.replacement);
      case "CaseModification":
        return operation.operand === undefined ? undefined : word(operation.operand);
      case "Slice":
        found.doubt(CALCULATES);
        word(operation.offset);
        return operation.length === undefined ? undefined : word(operation.length);
      case "Transform":
        found.doubt(EVALUATES);
        return word(operation.operand);
      case "Names":
        return found.doubt(EVALUATES);
      case "Unknown":
        return found.refuse();
    }
  }

  function arithmetic(expression: ArithmeticExpression): void {
    if ((depth += 1) > MAX_DEPTH) found.refuse();
    switch (expression.type) {
      case "ArithmeticBinary":
        arithmetic(expression.left);
        arithmetic(expression.right);
        break;
      case "ArithmeticUnary":
        arithmetic(expression.operand);
        break;
      case "ArithmeticTernary":
        arithmetic(expression.test);
        arithmetic(expression.consequent);
        arithmetic(expression.alternate);
        break;
      case "ArithmeticGroup":
        arithmetic(expression.expression);
        break;
      case "ArithmeticWord":
        // The value of a variable is calculated in its turn, and an index in it may hold a command.
        if (!/^\d{1,18}$/.test(expression.value)) found.doubt(CALCULATES);
        parts(expression.parts ?? []);
        break;
      case "ArithmeticCommandExpansion":
        found.doubt(CALCULATES);
        if (expression.script === undefined) found.refuse();
        else found.script(expression.script);
        break;
      default:
        found.refuse();
    }
    depth -= 1;
  }

  function test(expression: TestExpression): void {
    if ((depth += 1) > MAX_DEPTH) found.refuse();
    switch (expression.type) {
      case "TestUnary":
        if (/^-[vR]$/.test(expression.operator)) found.doubt(EVALUATES);
        word(expression.operand);
        break;
      case "TestBinary":
        if (/^-(eq|ne|lt|le|gt|ge)$/.test(expression.operator)) found.doubt(CALCULATES);
        word(expression.left);
        word(expression.right);
        break;
      case "TestLogical":
        for (const one of expression.operands) test(one);
        break;
      case "TestNot":
        test(expression.operand);
        break;
      case "TestGroup":
        test(expression.expression);
        break;
      default:
        found.refuse();
    }
    depth -= 1;
  }

  return { word, parts, arithmetic, test };
}
