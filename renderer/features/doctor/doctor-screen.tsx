import { CircleAlert, CircleCheck, Info } from 'lucide-react';
import { useEffect } from 'react';
import type { Examination } from '../../../contract/methods/doctor.ts';
import { CodeBlock } from '../../components/facts/code-block.tsx';
import { Button } from '../../components/forms/button.tsx';
import { CopyButton } from '../../components/forms/copy-button.tsx';
import { FailedPage, LoadingPage } from '../../components/layout/empty.tsx';
import { ScreenFrame } from '../../components/layout/screen.tsx';
import { countOf } from '../../format/count.ts';
import { hintWords } from '../../format/hint-words.ts';
import { Prose } from '../../format/prose.tsx';
import { useDoctor } from '../../stores/doctor.ts';
import { hintButton } from '../../stores/window/hint-button.ts';
import styles from './doctor-screen.module.css';

type Check = Examination['checks'][number];

/** Whether everything works, and how to fix what doesn't. The same checks as `varvel doctor`. */
export function DoctorScreen() {
  const { resource, restart } = useDoctor();
  useEffect(() => void restart(), [restart]);
  const again = <Button onClick={() => void restart()}>Check again</Button>;
  return (
    <ScreenFrame title="Doctor" tools={resource.state === 'ready' && again}>
      {resource.state === 'loading' && <LoadingPage what="checks" />}
      {resource.state === 'failed' && (
        <FailedPage problem={resource.problem} onRetry={() => void restart()} />
      )}
      {resource.state === 'ready' && (
        <div className="screen-scroll">
          <Findings examination={resource.value} />
        </div>
      )}
    </ScreenFrame>
  );
}

function Findings({ examination: { checks, report } }: { examination: Examination }) {
  const broken = checks.filter(({ state }) => state === 'broken').length;
  const notes = checks.filter(({ state }) => state === 'note').length;
  return (
    <div className={styles.page}>
      <p role="status">
        {broken === 0 ? 'Everything works.' : `${countOf(broken, 'problem')} found.`}
        {notes > 0 && ` ${countOf(notes, 'note')}.`}
      </p>
      <ul className={styles.checks} aria-label="Checks">
        {checks.map((check) => (
          <CheckLine key={`${check.name} ${check.message}`} check={check} />
        ))}
      </ul>
      <details className={styles.report}>
        <summary>Report to share</summary>
        <p className="soft">Without names of people, accounts, profiles and keys, and without secrets.</p>
        <CodeBlock label="Report" code={report} />
      </details>
      <div>
        <CopyButton text={report} label="Copy report" />
      </div>
    </div>
  );
}

const looks = {
  well: { icon: CircleCheck, word: 'Works', tone: styles.well },
  note: { icon: Info, word: 'Note', tone: styles.note },
  broken: { icon: CircleAlert, word: 'Problem', tone: styles.broken },
} as const;

function CheckLine({ check: { name, state, message, hint } }: { check: Check }) {
  const { icon: Icon, word, tone } = looks[state];
  const words = hintWords(hint);
  const button = hintButton(hint);
  return (
    <li className={styles.check}>
      <span className={`${styles.mark} ${tone}`}>
        <Icon size={16} strokeWidth={1.9} aria-hidden="true" />
        <span className="unseen">{word}: </span>
      </span>
      <span className={`soft ${styles.name}`}>{name}</span>
      <span className={styles.message}>
        <Prose text={message} />
        {words && (
          <span className="soft">
            <Prose text={words} />
          </span>
        )}
      </span>
      {button && (
        <span className={styles.action}>
          <Button onClick={button.run}>{button.label}</Button>
        </span>
      )}
    </li>
  );
}
