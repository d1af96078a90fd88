/** The mark: an arch, and two voices under it. */
export function Brand({ size = 36 }: { size?: number }) {
  return (
    <svg viewBox="0 0 64 64" width={size} height={size} aria-hidden="true" style={{ display: 'block' }}>
      <rect width="64" height="64" rx="18" fill="var(--accent)" />
      <path d="M20 46V27a12 12 0 0 1 24 0" fill="none" stroke="var(--on-accent)" strokeWidth="6" strokeLinecap="round" />
      <path d="M32 34v12M44 39v7" stroke="var(--brand-2)" strokeWidth="6" strokeLinecap="round" />
    </svg>
  );
}
