import { CircleCheck, CircleX, Ellipsis, Pencil, Star, Trash2 } from "lucide-react";
import { useState } from "react";
import type { Provider } from "../../../../main/areas/settings/contract.ts";
import type { Settings } from "../sections.ts";
import { asCallError, type CallError } from "../../../client/errors.ts";
import { Badge } from "../../../ui/Badge.tsx";
import { Button } from "../../../ui/Button.tsx";
import { ErrorNote } from "../../../ui/ErrorNote.tsx";
import { IconButton } from "../../../ui/IconButton.tsx";
import { Menu, MenuItem, MenuSeparator } from "../../../ui/Menu.tsx";
import { duration } from "../../../ui/time.ts";
import { classNames } from "../../../ui/class-names.ts";
import { useSettings } from "../store.ts";
import { kindOf } from "./provider-kinds.ts";
import styles from "./ProviderSection.module.css";
import { calls } from "../calls.ts";

type TestResult = Awaited<ReturnType<typeof calls.testProvider>>;

const sources = { built_in: "Built in", discovered: "Found on this machine", settings: null } as const;

function keyWords({ hasKey, apiKeyEnv, type, baseUrl }: Provider): string | null {
  if (type === "playbook") return null;
  if (apiKeyEnv !== null) return hasKey ? `key from $${apiKeyEnv}` : `$${apiKeyEnv} is not set`;
  if (hasKey) return "key stored";
  const isLocal = baseUrl !== null && /^https?:\/\/(127\.|localhost|\[::1\])/.test(baseUrl);
  return isLocal ? null : "no key";
}

export function ProviderRow({
  provider,
  onEdit,
}: {
  readonly provider: Provider;
  readonly onEdit: () => void;
}) {
  const { alias, type, baseUrl, model, source, isDefault } = provider;
  const [isTesting, setTesting] = useState(false);
  const [result, setResult] = useState<TestResult | null>(null);
  const [error, setError] = useState<CallError | null>(null);

  const attempt = async (change: () => Promise<Settings>) => {
    setError(null);
    try {
      const settings = await change();
      useSettings.update(() => settings);
    } catch (caught) {
      setError(asCallError(caught));
    }
  };
  const test = async () => {
    setTesting(true);
    setResult(null);
    setError(null);
    try {
      setResult(await calls.testProvider({ alias }));
    } catch (caught) {
      setError(asCallError(caught));
    } finally {
      setTesting(false);
    }
  };

  const facts = [
    type === "playbook"
      ? "No model: lines such as /read_file README.md become calls, other text is said back"
      : null,
    type === "playbook" || kindOf(provider)?.id === "other" ? null : (kindOf(provider)?.title ?? null),
    model,
    baseUrl,
    keyWords(provider),
  ].filter((fact) => fact !== null);

  return (
    <div className={styles.row}>
      <div className={styles.main}>
        <div className={styles.words}>
          <div className={styles.name}>
            <bdi>{alias}</bdi>
            {isDefault && <Badge tone="accent">Default</Badge>}
            {sources[source] !== null && <Badge>{sources[source]}</Badge>}
          </div>
          <div className={styles.facts} title={facts.join(" · ")}>
            {facts.join(" · ")}
          </div>
        </div>
        {!isDefault && (
          <Button
            size="small"
            look="quiet"
            icon={<Star size={14} aria-hidden />}
            onClick={() => void attempt(() => calls.changeSettings({ defaultProvider: alias }))}
          >
            Make default
          </Button>
        )}
        {type !== "playbook" && (
          <Button size="small" isBusy={isTesting} onClick={() => void test()}>
            {isTesting ? "Testing…" : "Test"}
          </Button>
        )}
        {source === "settings" && (
          <Menu align="end" trigger={<IconButton icon={Ellipsis} label={`More for ${alias}`} />}>
            <MenuItem icon={<Pencil size={14} aria-hidden />} onSelect={onEdit}>
              Edit…
            </MenuItem>
            <MenuSeparator />
            <MenuItem
              isDanger
              icon={<Trash2 size={14} aria-hidden />}
              onSelect={() => void attempt(() => calls.removeProvider({ alias }))}
            >
              Remove
            </MenuItem>
          </Menu>
        )}
      </div>
      {result !== null && <TestNote result={result} />}
      {error !== null && <ErrorNote title="That did not work." error={error} />}
    </div>
  );
}

export function TestNote({ result }: { readonly result: TestResult }) {
  const Icon = result.ok ? CircleCheck : CircleX;
  return (
    <div className={classNames(styles.result, result.ok ? styles.good : styles.bad)} role="status">
      <Icon size={14} aria-hidden />
      <span className="selectable">
        {result.message} ({duration(result.tookMs)})
      </span>
    </div>
  );
}
