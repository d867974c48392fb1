import { useState } from "react";
import type { Sizes } from "../../../main/areas/retention/contract.ts";
import { asCallError } from "../../client/errors.ts";
import { useFollowed } from "../../client/use-followed.ts";
import { go } from "../../page/navigation.ts";
import { Button } from "../../ui/Button.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { TextButton } from "../../ui/TextButton.tsx";
import { toast } from "../../ui/toasts.ts";
import { calls } from "./calls.ts";
import styles from "./SizesSection.module.css";
import { bytesInWords, growthInWords, kindNames } from "./size-words.ts";
import { useSizes } from "./store.ts";

/** How much room what is kept takes, and how fast that grows. */
export function SizesSection({ className }: { readonly className: string | undefined }) {
  const { data: sizes } = useFollowed(useSizes);
  const [isBusy, setBusy] = useState(false);
  const measure = async () => {
    setBusy(true);
    try {
      const measured = await calls.measureSizes();
      useSizes.update(() => measured);
    } catch (caught) {
      toast(asCallError(caught).message, { tone: "deny" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className={className}>
      <h2>What is kept</h2>
      <p>
        {sizes === null || sizes.measuredAt === null ? (
          "It is measured once a day, and was not yet."
        ) : (
          <>
            Measured <RelativeTime at={sizes.measuredAt} />.
          </>
        )}{" "}
        <TextButton onClick={() => go("settings", "storage")}>How long it is kept</TextButton>
      </p>
      {sizes !== null && sizes.measuredAt !== null && <Facts isTable facts={factsOf(sizes)} />}
      <div className={styles.actions}>
        <Button size="small" isBusy={isBusy} onClick={() => void measure()}>
          {isBusy ? "Measuring…" : "Measure now"}
        </Button>
      </div>
    </section>
  );
}

const factsOf = ({ kinds, freeBytes }: Sizes) => [
  ...kinds.map((size) => {
    const growth = growthInWords(size);
    return {
      label: kindNames[size.kind],
      value: growth === null ? bytesInWords(size.bytes) : `${bytesInWords(size.bytes)}, ${growth}`,
    };
  }),
  { label: "Free to be written again", value: bytesInWords(freeBytes) },
];
