import type { AccountName } from './fal/account.ts';

/** Actions without a subject. */
export const plainActions = [
  'none',
  'restart_sign_in',
  'sign_in_with_code',
  'sign_in_for_admin_key',
  'renew_access',
  'choose_account',
  'ask_owner',
  'refresh_keys',
  'find_created_key',
  'choose_key',
  'change_key',
  'top_up',
  'raise_key_limit',
  'wait',
  'wait_for_fal',
  'check_network',
  'unlock_vault',
  'set_up_vault',
  'choose_profile',
  'fix_profile_variable',
  'fix_pin',
  'choose_variable_name',
  'choose_file_format',
  'unset_for_shell',
  'choose_untracked_file',
  'find_exports',
  'leave_key_out',
  'keep_key_out_of_git',
  'show_fal_cli',
  'enter_backup_passphrase',
  'replace_file',
  'set_environment',
  'start_sandbox',
  'check_disk',
  'recover_keys',
  'test_keys',
  'move_key_to_vault',
  'update_varvel',
  'report_problem',
] as const;

/** Actions on one profile, by its name. */
export const profileActions = [
  'set_key',
  'create_profile',
  'accept_pin',
  'rename_profile',
  'choose_profile_name',
  'overwrite_fal_key',
] as const;

/** Actions on one key, by its id. */
export const keyActions = [
  'find_secret',
  'find_or_forget',
  'replace_key',
  'use_another_key',
  'forget_key',
  'sign_in_or_forget',
  'resume_rotation',
  'release_rotation',
  'rotate_key',
  'find_out_why',
] as const;

/** Actions on a list, with the entry most like the one that wasn't found. */
export const listActions = ['list_profiles', 'list_keys', 'list_identities'] as const;

/**
 * What to do about an error or a verdict, as data. Each face words it: the command line as a command to copy, the
 * window as a sentence and a button, the tray as a line.
 */
export type Hint =
  | { action: (typeof plainActions)[number] }
  | { action: (typeof profileActions)[number]; profile: string }
  | { action: (typeof keyActions)[number]; keyId: string }
  | { action: (typeof listActions)[number]; nearest: string | null }
  /** @param ended the e-mails of ended sign-ins, whose accounts can't be listed */
  | { action: 'list_accounts'; nearest: string | null; ended: string[] }
  /** @param connection how the person signed in before; null for any way */
  | { action: 'sign_in'; connection: string | null }
  | { action: 'choose_flow'; flows: string[] }
  /** Set a key of that account for the profile. */
  | { action: 'set_key_of_account'; profile: string; account: string }
  | { action: 'create_admin_key'; account: AccountName | null }
  | { action: 'change_environment'; environment: string }
  | { action: 'use_shell'; shell: 'pwsh' }
  | { action: 'use_format'; format: 'json' }
  /** A sentence that is the same on every face. */
  | { action: 'advice'; text: string };

export type HintAction = Hint['action'];

/** A plain sentence becomes advice; an empty one, no hint. */
export function toHint(hint: Hint | string): Hint {
  if (typeof hint !== 'string') return hint;
  return hint === '' ? { action: 'none' } : { action: 'advice', text: hint };
}
