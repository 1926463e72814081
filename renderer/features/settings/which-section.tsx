import { ArrowRight } from 'lucide-react';
import { useEffect } from 'react';
import type { KeyDecision, WhichReport } from '../../../core/model/which.ts';
import { PathText } from '../../components/facts/path-text.tsx';
import { Ring, Spinner } from '../../components/facts/ring.tsx';
import { Button } from '../../components/forms/button.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { Prose } from '../../format/prose.tsx';
import { useProfile } from '../../stores/profiles.ts';
import { useWhich } from '../../stores/which.ts';
import { MaskedKey } from '../keys/masked-key.tsx';
import { Section } from './settings-section.tsx';
import styles from './which-section.module.css';

/** Which key each tool uses when it is started from the folder that Varvel was started from, and why. */
export function WhichSection() {
  const { resource, reload } = useWhich();
  useEffect(() => void reload(), [reload]);
  return (
    <Section part="which" title="Active key">
      {resource.state === 'loading' && (
        <p className="soft" role="status">
          <Spinner size={14} /> Loading…
        </p>
      )}
      {resource.state === 'failed' && (
        <ProblemNote
          problem={resource.problem}
          actions={<Button onClick={() => void reload()}>Try again</Button>}
        />
      )}
      {resource.state === 'ready' && <Explained which={resource.value} />}
    </Section>
  );
}

function Explained({ which: { folder, here, tools, advice } }: { which: WhichReport }) {
  return (
    <>
      <p>
        For programs started from <PathText path={folder} />. A terminal may have its own FAL_KEY. Run{' '}
        <code>varvel which</code> there.
      </p>
      <div className={styles.tools}>
        <ToolChain name="Shell with the hook" verdict={here} open />
        {tools.map(({ name, verdict }) => (
          <ToolChain key={name} name={name} verdict={verdict} />
        ))}
      </div>
      {advice.length > 0 && (
        <Note tone="warn">
          <ul className={styles.advice}>
            {advice.map((sentence) => (
              <li key={sentence}>
                <Prose text={sentence} />
              </li>
            ))}
          </ul>
        </Note>
      )}
      <div>
        <Button onClick={() => void useWhich.getState().reload()}>Refresh</Button>
      </div>
    </>
  );
}

function ToolChain({ name, verdict, open = false }: { name: string; verdict: KeyDecision; open?: boolean }) {
  return (
    <details className={styles.tool} open={open}>
      <summary>
        <span className={styles.name}>{name}</span>
        <Winner winner={verdict.winner} />
      </summary>
      <ol className={styles.chain} aria-label={`Where ${name} looks for a key, in order`}>
        {verdict.chain.map(({ source, value, wins, reason }) => (
          <li key={source} className={wins ? styles.wins : ''}>
            <span className={styles.mark}>
              {wins && (
                <>
                  <ArrowRight size={14} strokeWidth={2.2} aria-hidden="true" />
                  <span className="unseen">Active: </span>
                </>
              )}
            </span>
            <span className={styles.source}>
              <b>{source}</b>
              {value !== null && (
                <span className={`mono soft ${styles.value}`} title={value}>
                  {value}
                </span>
              )}
            </span>
            <span className={styles.reason}>
              <Prose text={reason} />
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}

function Winner({ winner: { source, profile, keyId } }: { winner: KeyDecision['winner'] }) {
  const row = useProfile(profile);
  return (
    <span className={styles.winner}>
      {row && <Ring color={row.color} size={14} />}
      <span className="clip">
        {profile !== null && <b>{profile}</b>}
        {profile === null && (keyId === null ? <b>No key</b> : <MaskedKey id={keyId} />)}
      </span>
      {source !== null && <span className={`soft small ${styles.from}`}>from {source}</span>}
    </span>
  );
}
