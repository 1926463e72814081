import { CircleCheck, Lock } from 'lucide-react';
import type { DiagnosisView } from '../../../core/model/fal/diagnosis.ts';
import { Tag } from '../../components/facts/tag.tsx';
import { Prose } from '../../format/prose.tsx';
import styles from './finding.module.css';

/** What a diagnosis found. */
export function Finding({ diagnosis }: { diagnosis: DiagnosisView }) {
  const { pattern, certainty, explanation } = diagnosis;
  const { title, meaning, known, doubts, steps, who } = explanation;
  const works = pattern === 'works';
  const Icon = works ? CircleCheck : Lock;
  return (
    <div className={styles.finding} aria-live="polite">
      <section className={works ? styles.good : styles.bad} aria-label="Finding">
        <h3>
          <Icon size={18} strokeWidth={2} aria-hidden="true" />
          {title}
          {certainty === 'likely' && <Tag>Likely</Tag>}
        </h3>
        <p>
          <Prose text={meaning} />
        </p>
      </section>
      {steps.length > 0 && (
        <section aria-label="What to do">
          <h4>What to do</h4>
          <ol>
            {steps.map((step) => (
              <li key={step}>
                <Prose text={step} />
              </li>
            ))}
          </ol>
          <p className={styles.who}>
            <b>Who can:</b> {who}
          </p>
        </section>
      )}
      <Facts title="What is known" facts={known} />
      <Facts title="What is not known" facts={doubts} />
    </div>
  );
}

function Facts({ title, facts }: { title: string; facts: readonly string[] }) {
  if (facts.length === 0) return null;
  return (
    <section aria-label={title}>
      <h4>{title}</h4>
      <ul>
        {facts.map((fact) => (
          <li key={fact}>
            <Prose text={fact} />
          </li>
        ))}
      </ul>
    </section>
  );
}
