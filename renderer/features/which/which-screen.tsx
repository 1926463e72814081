import { ArrowRight } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import type { KeyDecision, WhichReport } from '../../../core/model/machine/which.ts';
import { PathText } from '../../components/facts/path-text.tsx';
import { Ring } from '../../components/facts/ring.tsx';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { FailedPage, LoadingPage } from '../../components/layout/empty.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { ScreenFrame } from '../../components/layout/screen.tsx';
import { shortPath } from '../../format/path.ts';
import { Prose } from '../../format/prose.tsx';
import { shortIds } from '../../format/words.ts';
import { useProfile } from '../../stores/profiles.ts';
import { chooseFolder, useWhich } from '../../stores/which.ts';
import { useHome } from '../../stores/window/face.ts';
import { PathField } from '../exports/path-field.tsx';
import { MaskedKey } from '../keys/facts/masked-key.tsx';
import styles from './which-screen.module.css';

/** Which key each tool uses when it is started from a folder, and why. */
export function WhichScreen() {
  const { resource, reload } = useWhich();
  useEffect(() => void reload(), [reload]);
  return (
    <ScreenFrame title="Active key" tools={<Button onClick={() => void reload()}>Refresh</Button>}>
      {resource.state === 'loading' && <LoadingPage what="the active key" />}
      {resource.state === 'failed' && <FailedPage problem={resource.problem} onRetry={() => void reload()} />}
      {resource.state === 'ready' && (
        <div className="screen-scroll">
          <div className={styles.page}>
            <FolderForm />
            {resource.problem && <ProblemNote problem={resource.problem} />}
            <Explained which={resource.value} />
          </div>
        </div>
      )}
    </ScreenFrame>
  );
}

function FolderForm() {
  const [typed, setTyped] = useState('');
  const { busy, problem, run, clear } = useAction();
  const show = (event: FormEvent): void => {
    event.preventDefault();
    void run(() => chooseFolder(typed.trim()));
  };
  return (
    <form className={styles.folder} onSubmit={show} noValidate>
      <PathField
        label="Folder"
        kind="folder"
        value={typed}
        placeholder="~"
        wrong={problem?.message ?? ''}
        onChange={(path) => {
          setTyped(path);
          clear();
        }}
      />
      <Button type="submit" busy={busy} disabled={busy}>
        Show
      </Button>
    </form>
  );
}

function Explained({ which: { folder, here, tools, otherKeys, advice } }: { which: WhichReport }) {
  return (
    <>
      <p>
        For new terminals and programs started from <PathText path={folder} />. An open terminal may have its
        own FAL_KEY. Run <code>varvel which</code> there.
      </p>
      <div className={styles.tools}>
        <ToolChain name="Shell with the hook" verdict={here} open />
        {tools.map(({ name, verdict }) => (
          <ToolChain key={name} name={name} verdict={verdict} />
        ))}
      </div>
      {otherKeys.length > 0 && (
        <div>
          <p>These tools keep a key of their own, and follow no switch.</p>
          <ul className={styles.advice}>
            {otherKeys.map(({ tool, path, server, keyId }) => (
              <li key={`${path} ${server}`}>
                <b>{tool}</b>
                {server !== null && ` (${server})`}: {keyId === null ? 'encrypted' : <MaskedKey id={keyId} />}{' '}
                in <PathText path={path} />
              </li>
            ))}
          </ul>
        </div>
      )}
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
    </>
  );
}

function ToolChain({ name, verdict, open = false }: { name: string; verdict: KeyDecision; open?: boolean }) {
  const home = useHome();
  return (
    <details className={styles.tool} open={open}>
      <summary>
        <span className={styles.name}>{name}</span>
        <Winner winner={verdict.winner} />
      </summary>
      <ol className={styles.chain} aria-label={`Where ${name} looks for a key, in order`}>
        {verdict.chain.map(({ source, value, wins, reason }) => (
          <li key={`${source} ${value}`} className={wins ? styles.wins : ''}>
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
                  {shortPath(value, home)}
                </span>
              )}
            </span>
            <span className={styles.reason}>
              <Prose text={shortIds(reason)} />
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
        {profile === null &&
          (keyId === null ? (
            <b>{source === 'start-up file' ? 'Unknown key' : 'No key'}</b>
          ) : (
            <MaskedKey id={keyId} />
          ))}
      </span>
      {source !== null && <span className={`soft small ${styles.from}`}>from {source}</span>}
    </span>
  );
}
