import type { ReactNode } from 'react';
import { githubPlace } from '../../../core/model/machine/github-secret.ts';
import type { ConsumerMap } from '../../../core/model/machine/rotation.ts';
import { PathText } from '../../components/facts/path-text.tsx';
import { Note } from '../../components/layout/note.tsx';
import { Fact, Facts } from '../../components/layout/pane.tsx';
import { dateAndTime } from '../../format/age.ts';
import { countOf } from '../../format/count.ts';
import { hintWords } from '../../format/hint-words.ts';
import styles from './consumers.module.css';

const fileStates = {
  fresh: '',
  stale: 'its profile has another key',
  gone: 'no longer has the key, stays as it is',
  unknown: 'can’t be checked, and stops the revoke until it can',
} as const;

/** How many places are listed before the rest are counted. */
const most = 12;

/** Who uses a key, and what a rotation does about it. */
export function Consumers({ map }: { map: ConsumerMap }) {
  const { profiles, files, github, falcli, shells, unreached } = map;
  return (
    <>
      <Facts>
        <Fact name="Profiles">{profiles.length > 0 ? profiles.join(', ') : <Soft>None</Soft>}</Fact>
        <Fact name="Files">
          {files.length === 0 && <Soft>None</Soft>}
          <ul className={styles.places}>
            {files.slice(0, most).map(({ path, variable, state }) => (
              <li key={`${path} ${variable}`}>
                <PathText path={path} /> <Soft>{fileStates[state]}</Soft>
              </li>
            ))}
            {files.length > most && (
              <li>
                <Soft>and {countOf(files.length - most, 'more file')}</Soft>
              </li>
            )}
          </ul>
        </Fact>
        {github.length > 0 && (
          <Fact name="GitHub Actions">
            {github.map((secret) => `${secret.variable} of ${githubPlace(secret)}`).join(', ')}
          </Fact>
        )}
        {falcli && (
          <Fact name="fal CLI">
            {falcli.profiles.join(', ')} <Soft>in</Soft> <PathText path={falcli.path} />
          </Fact>
        )}
        {shells.length > 0 && (
          <Fact name="Open shells">
            {shells.join(', ')} <Soft>follow at their next prompt</Soft>
          </Fact>
        )}
        <Fact name="Elsewhere">
          <Elsewhere map={map} />
        </Fact>
      </Facts>
      {unreached.length > 0 && (
        <Note tone="warn">
          <b>
            Varvel doesn’t change {unreached.length === 1 ? 'this place' : 'these places'}. Update by hand:
          </b>
          <ul>
            {unreached.map(({ what, path }) => (
              <li key={path}>
                {what} <PathText path={path} />
              </li>
            ))}
          </ul>
        </Note>
      )}
    </>
  );
}

/** Programs on other machines, which only fal's usage shows. */
function Elsewhere({ map: { usage, usageProblem } }: { map: ConsumerMap }) {
  if (usage?.lastUsedAt) return <>Last used {dateAndTime(usage.lastUsedAt)}, as fal counts it</>;
  if (usage) return <Soft>fal saw no use in the last 24 hours</Soft>;
  return (
    <Soft>
      Unknown: {usageProblem?.message} {usageProblem && hintWords(usageProblem.hint)}
    </Soft>
  );
}

const Soft = ({ children }: { children: ReactNode }) => <span className="soft small">{children}</span>;
