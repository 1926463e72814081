import type { Hint } from '../../../core/model/hint.ts';
import { refreshKeys } from '../keys/keys.ts';
import { openFalPage } from './fal-page.ts';
import { goTo, goToSettings, type Overlay, openOverlay, openProfile, openSignIn } from './view.ts';

/** A button that carries out a hint. */
export interface HintButton {
  label: string;
  run: () => void;
}

/** What a key that the button creates is for. */
export interface NewKey {
  accountId: string | null;
  profile?: string | undefined;
}

const overlay = (label: string, shown: Overlay): HintButton => ({ label, run: () => openOverlay(shown) });

/**
 * The button for a hint. Null when there is nothing to open, or when the form that shows the hint has the button.
 * @param newKey what a key that it creates is for
 */
export function hintButton(hint: Hint, newKey: NewKey = { accountId: null }): HintButton | null {
  switch (hint.action) {
    case 'sign_in':
      return { label: 'Sign in…', run: () => openSignIn(hint.connection) };
    case 'sign_in_for_admin_key':
    case 'sign_in_or_forget':
    case 'renew_access':
      return overlay('Sign in…', { kind: 'sign_in' });
    case 'list_accounts':
      return hint.ended.length > 0 ? overlay('Sign in…', { kind: 'sign_in' }) : showAccounts;
    case 'list_identities':
    case 'choose_account':
      return showAccounts;
    case 'top_up':
    case 'raise_key_limit':
      return { label: 'Open fal billing', run: () => void openFalPage('billing') };

    case 'list_keys':
    case 'choose_key':
    case 'test_keys':
      return { label: 'Show keys', run: () => goTo('keys') };
    case 'refresh_keys':
    case 'find_created_key':
      return { label: 'Refresh keys', run: openAndRefreshKeys };
    case 'find_secret':
    case 'replace_key':
    case 'use_another_key':
      return overlay('Create key…', { kind: 'create_key', ...newKey });
    case 'create_admin_key':
      return overlay('Create key…', {
        kind: 'create_key',
        accountId: hint.account?.id ?? newKey.accountId,
        scope: 'ADMIN',
      });
    case 'move_key_to_vault':
      return overlay('Add key…', { kind: 'add_key' });
    case 'recover_keys':
    case 'check_disk':
      return { label: 'Open Doctor', run: () => goTo('doctor') };
    case 'find_or_forget':
    case 'forget_key':
      return overlay('Forget key…', { kind: 'forget', keyId: hint.keyId });

    case 'rotate_key':
      return overlay('Rotate key…', { kind: 'rotate', keyId: hint.keyId });
    case 'resume_rotation':
    case 'release_rotation':
      return overlay('Open rotation…', { kind: 'rotate', keyId: hint.keyId });

    case 'find_out_why':
      return overlay('Why?…', { kind: 'diagnose', keyId: hint.keyId });

    case 'list_profiles':
      return { label: 'Show profiles', run: () => goTo('profiles') };
    case 'choose_profile':
      return overlay('Switch profile…', { kind: 'switcher' });
    case 'create_profile':
      return overlay('Create profile…', { kind: 'create_profile', keyId: null });
    case 'accept_pin':
    case 'choose_profile_name':
    case 'rename_profile':
    case 'set_key':
    case 'set_key_of_account':
      return { label: `Open ${hint.profile}`, run: () => openProfile(hint.profile) };

    case 'unlock_vault':
    case 'set_up_vault':
      return { label: 'Open vault settings', run: () => goToSettings('vault') };
    case 'show_fal_cli':
      return { label: 'Open fal CLI settings', run: () => goToSettings('falcli') };
    case 'change_environment':
      return environmentButton(hint.environment);
    case 'start_sandbox':
      return { label: 'Open settings', run: () => goTo('settings') };

    case 'none':
    case 'advice':
    case 'restart_sign_in':
    case 'sign_in_with_code':
    case 'choose_flow':
    case 'ask_owner':
    case 'change_key':
    case 'fix_profile_variable':
    case 'fix_pin':
    case 'use_shell':
    case 'use_format':
    case 'unset_for_shell':
    case 'choose_variable_name':
    case 'choose_file_format':
    case 'choose_untracked_file':
    case 'find_exports':
    case 'leave_key_out':
    case 'keep_key_out_of_git':
    case 'overwrite_fal_key':
    case 'enter_backup_passphrase':
    case 'replace_file':
    case 'set_environment':
    case 'check_network':
    case 'wait':
    case 'wait_for_fal':
    case 'update_varvel':
    case 'report_problem':
      return null;
  }
}

const showAccounts: HintButton = { label: 'Show accounts', run: () => goTo('accounts') };

function openAndRefreshKeys(): void {
  goTo('keys');
  void refreshKeys();
}

function environmentButton(name: string): HintButton | null {
  if (name !== 'fal' && name !== 'sandbox') return null;
  return overlay('Change environment…', { kind: 'environment', name });
}
