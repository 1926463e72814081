import { Equal, EqualNot, type LucideIcon, Minus, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { FalcliReading } from '../../../contract/methods/falcli.ts';
import type { FalcliRow } from '../../../core/model/machine/falcli.ts';
import { Tag } from '../../components/facts/tag.tsx';
import { SelectField } from '../../components/forms/field.tsx';
import { FramedList } from '../../components/lists/framed-list.tsx';
import type { RowPlace } from '../../components/lists/virtual-list.tsx';
import { formatNumber } from '../../format/count.ts';
import { shortId } from '../../format/words.ts';
import { openOverlay, openProfile } from '../../stores/window/view.ts';
import { describeDifference, filterRows, type RowFilter } from './differences.ts';
import styles from './falcli-rows.module.css';

/** In px. */
const rowHeight = (): number => 50;

const words: Record<RowFilter, string> = { there: 'In fal CLI', differs: 'Differences', all: 'All' };
const filters: RowFilter[] = ['there', 'differs', 'all'];

const none: Record<RowFilter, string> = {
  there: 'The fal CLI has no profiles.',
  differs: 'No differences.',
  all: 'No profiles in the fal CLI or Varvel.',
};

/** The profiles of the fal CLI compared with ours, marking plain-text keys. */
export function FalcliRows({ status: { rows, profile } }: { status: FalcliReading }) {
  const [shown, setShown] = useState<RowFilter>('there');
  if (rows.length === 0) return null;
  const seen = filterRows(rows, shown);
  return (
    <div className={styles.rows}>
      <SelectField
        className={styles.show}
        label="Profiles"
        value={shown}
        onChange={({ target }) => setShown(filters.find((each) => each === target.value) ?? 'there')}
      >
        {filters.map((each) => (
          <option key={each} value={each}>
            {words[each]} ({formatNumber(filterRows(rows, each).length)})
          </option>
        ))}
      </SelectField>
      {seen.length === 0 ? (
        <p className="soft">{none[shown]}</p>
      ) : (
        <FramedList
          label="Profiles in the fal CLI and Varvel"
          items={seen}
          keyOf={({ name }) => name}
          height={rowHeight}
          row={(row, place) => <Row row={row} place={place} inUse={row.name === profile} />}
        />
      )}
    </div>
  );
}

const looks: Record<'good' | 'warn' | 'one', LucideIcon> = { good: Equal, warn: EqualNot, one: Minus };

function Row({ row, place, inUse }: { row: FalcliRow; place: RowPlace; inUse: boolean }) {
  const { name, where, differs, keyId, plainText } = row;
  const look = where !== 'both' ? 'one' : differs.length > 0 ? 'warn' : 'good';
  const Icon = looks[look];
  return (
    <div className={`framed-row framed-${look}`}>
      <Icon size={16} strokeWidth={2} aria-hidden="true" />
      <span className="framed-words">
        <span className={styles.name}>
          <button
            type="button"
            className="row-main clip"
            data-main
            {...place}
            title={where === 'fal' ? `Import ${name}…` : `Open ${name}`}
            onClick={() => (where === 'fal' ? openOverlay({ kind: 'falcli_import' }) : openProfile(name))}
          >
            <b>{name}</b>
          </button>
          {inUse && where !== 'varvel' && (
            <Tag look="current" className={styles.inUse}>
              In use
            </Tag>
          )}
        </span>
        <span className="soft small clip">{describeDifference(row)}</span>
      </span>
      {keyId !== null && (
        <span className={`mono soft ${styles.key}`} title={keyId}>
          {shortId(keyId)}
        </span>
      )}
      {plainText && (
        <span className={`small ${styles.plain}`} title="The file contains its key in plain text">
          <TriangleAlert size={13} strokeWidth={2} aria-hidden="true" /> Plain text
        </span>
      )}
    </div>
  );
}
