import type { AccountName } from '../../../core/model/account.ts';
import { type Row, text, textOrNull } from './row.ts';

/** The account that stands in a row's `account_id` and `account_nickname`. */
export function readAccountName(row: Row): AccountName | null {
  const id = textOrNull(row, 'account_id');
  return id === null ? null : { id, nickname: text(row, 'account_nickname') };
}
