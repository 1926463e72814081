import type { AccountName } from '../../../core/model/fal/account.ts';
import { type Row, textIn, textOrNullIn } from './row.ts';

/** The account in a row's `account_id` and `account_nickname`. */
export function readAccountName(row: Row): AccountName | null {
  const id = textOrNullIn(row, 'account_id');
  return id === null ? null : { id, nickname: textIn(row, 'account_nickname') };
}
