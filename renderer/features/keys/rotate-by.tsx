import type { RotateAfter, RotateBy } from '../../../core/model/fal/rotate-by.ts';
import type { KeyView } from '../../../core/model/key-view.ts';
import { call } from '../../bridge.ts';
import { useNow } from '../../components/facts/clock.ts';
import { Editable } from '../../components/forms/editable.tsx';
import { date } from '../../format/age.ts';

const usual = [30, 90, 180, 365];

export const rotateAfterWords = (after: RotateAfter): string =>
  after === 'never' ? 'Never' : after === 365 ? 'Every year' : `Every ${after} days`;

/** What the choices' values mean: a number of days, `never`, or nothing. */
export const rotateAfterOf = (value: string): RotateAfter | null =>
  value === '' ? null : value === 'never' ? value : Number(value);

/** The times to choose from, with the one that is set now. @param never whether it can be said that there is no time */
export function RotateAfterOptions({
  none,
  value,
  never = true,
}: {
  none: string;
  value: RotateAfter | null;
  never?: boolean;
}) {
  const days = typeof value === 'number' && !usual.includes(value) ? [...usual, value] : usual;
  return (
    <>
      <option value="">{none}</option>
      {days
        .toSorted((a, b) => a - b)
        .map((each) => (
          <option key={each} value={each}>
            {rotateAfterWords(each)}
          </option>
        ))}
      {never && <option value="never">Never</option>}
    </>
  );
}

/** What counts where a key has no rule of its own. */
function policyWords({ account, general }: RotateBy): string {
  if (account !== null) return `The account’s policy: ${rotateAfterWords(account).toLowerCase()}`;
  return general === null ? 'No reminder' : `As for all keys: ${rotateAfterWords(general).toLowerCase()}`;
}

/** By when a key is to be rotated, and after how many days. */
export function RotateByValue({ row: { id, rotateBy } }: { row: KeyView }) {
  const now = useNow();
  const { own, dueAt } = rotateBy;
  const words = own === null ? policyWords(rotateBy) : rotateAfterWords(own);
  return (
    <Editable
      name="Rotate by"
      value={own === null ? '' : String(own)}
      choices={<RotateAfterOptions none={policyWords(rotateBy)} value={own} />}
      save={async (value) => {
        await call('keys.setRotateBy', { id, after: rotateAfterOf(value) });
      }}
      shown={
        dueAt === null ? (
          <span className="soft">{words}</span>
        ) : (
          <>
            {date(dueAt)} {dueAt <= now && <b>overdue</b>} <span className="soft small">{words}</span>
          </>
        )
      }
    />
  );
}
