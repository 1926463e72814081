import type { ReactNode } from 'react';

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="setting" aria-label={title}>
      <h2 className="inscription">{title}</h2>
      <div className="setting-body">{children}</div>
    </section>
  );
}
