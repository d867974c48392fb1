import type { Settings } from "./sections.ts";
import { Group } from "./Group.tsx";
import { AmountSetting } from "./setting-fields.tsx";

export function UsageSection({ settings }: { readonly settings: Settings }) {
  const { usage } = settings;
  const own = Object.entries(usage.prices);
  return (
    <>
      <Group
        title="Limits for a day"
        description="In US dollars, from midnight to midnight. Runs whose model has no known price are not counted."
      >
        <AmountSetting
          label="Ask me above"
          hint="Once a day. Runs wait until you answer."
          placeholder="no limit"
          value={usage.warnPerDay}
          change={(warnPerDay) => ({ usage: { warnPerDay } })}
        />
        <AmountSetting
          label="Stop above"
          hint="Every run then waits for you before its next step."
          placeholder="no limit"
          value={usage.stopPerDay}
          change={(stopPerDay) => ({ usage: { stopPerDay } })}
        />
      </Group>
      <Group
        title="Prices"
        description={
          <>
            Gatehouse comes with the list prices of common models. Yours hold instead: name them in
            settings.json under <code>usage.prices</code>, in dollars for a million tokens.
          </>
        }
      >
        {own.map(([model, { input, output }]) => (
          <p key={model}>
            <code>{model}</code>: ${input} in, ${output} out
          </p>
        ))}
      </Group>
    </>
  );
}
