/** Our mark: a gate with its bar open. */
export function Mark({ size = 16 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" fill="none" stroke="currentColor" aria-hidden>
      <path d="M2.5 14V7a5.5 5.5 0 0 1 11 0v7" strokeWidth="1.6" strokeLinecap="round" />
      <path d="M8 5v9M5.25 6.5V14M10.75 6.5V14" strokeWidth="1.3" strokeLinecap="round" />
    </svg>
  );
}
