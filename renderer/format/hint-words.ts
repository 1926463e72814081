import type { Hint } from '../../core/model/hint.ts';

/** What to do next in this window, in a sentence; empty when there is nothing to do. */
export function hintWords(hint: Hint): string {
  switch (hint.action) {
    case 'none':
      return '';
    case 'advice':
      return hint.text;

    case 'sign_in':
      return 'Sign in again to go on.';
    case 'restart_sign_in':
      return 'Start the sign-in again.';
    case 'sign_in_with_code':
      return 'Close programs that listen on many ports, then sign in again.';
    case 'sign_in_for_admin_key':
      return 'Sign in to create an ADMIN key.';
    case 'choose_flow':
      return 'Sign in another way.';
    case 'renew_access':
      return 'fal doesn’t accept the key or session. Test the key, or sign in again.';
    case 'sign_in_or_forget':
      return 'Sign in to its account, or forget the secret only.';
    case 'list_identities':
      return `${meant(hint.nearest)}Accounts shows every sign-in.`;

    case 'list_accounts':
      return hint.ended.length > 0
        ? `${meant(hint.nearest)}If it is one of ${hint.ended.join(', ')}: that sign-in has ended. Sign in again.`
        : `${meant(hint.nearest)}Accounts shows them all.`;
    case 'choose_account':
      return 'Choose the account. Accounts shows them all.';
    case 'ask_owner':
      return 'Ask an owner of the account for the right to manage keys, or choose another account.';
    case 'top_up':
      return 'Top up the account’s balance at fal, or write to support@fal.ai as the reason says.';

    case 'list_keys':
      return `${meant(hint.nearest)}It may have been revoked or forgotten meanwhile.`;
    case 'refresh_keys':
      return 'Refresh keys to see those that fal knows.';
    case 'find_created_key':
      return 'fal may have created the key all the same. Refresh keys before you try again, and revoke a key that is only at fal: its secret is lost.';
    case 'choose_key':
      return 'Choose it in the list under Keys.';
    case 'find_secret':
      return 'It may be in the other vault (VARVEL_VAULT=keychain or file). If not, create a new key: fal shows a secret only once.';
    case 'find_or_forget':
      return 'It may be in the other vault (VARVEL_VAULT=keychain or file). If not, forget the key.';
    case 'replace_key':
      return 'The key was revoked or mistyped, or its secret is lost. Create a new one and point the profile at it, or forget this one.';
    case 'use_another_key':
      return 'The key works but may not do this. Use another key, or one of another scope.';
    case 'forget_key':
      return 'If the one here is wrong, forget it first.';
    case 'create_admin_key':
      return `fal reports spend to ADMIN keys only. Create one${hint.account ? ` of ${hint.account.nickname}` : ''}.`;

    case 'list_profiles':
      return `${meant(hint.nearest)}It may have been renamed or deleted meanwhile.`;
    case 'choose_profile':
      return 'Switch to a profile first.';
    case 'create_profile':
      return `Create the profile ${hint.profile}, or choose another.`;
    case 'choose_profile_name':
      return 'Choose another name, or change that profile.';
    case 'rename_profile':
      return 'Rename the profile.';
    case 'set_key':
      return 'Give the profile a key, or create one under Keys.';
    case 'set_key_of_account':
      return `Give the profile a key of ${hint.account} as well.`;
    case 'change_key':
      return 'Give the profile another key.';
    case 'fix_profile_variable':
      return 'Unset VARVEL_PROFILE, or set it to a profile that exists.';
    case 'fix_pin':
      return 'A pin is a small file with one line, profile = "NAME". Fix or delete it.';

    case 'use_shell':
      return 'Choose PowerShell instead.';
    case 'use_format':
      return 'Choose the format JSON instead.';
    case 'unset_for_shell':
      return 'Choose a shell instead of a file format.';
    case 'choose_variable_name':
      return 'Choose another name for the variable.';
    case 'choose_file_format':
      return 'Choose another file, or another format for it.';
    case 'choose_untracked_file':
      return 'Export into a file that git ignores, or write it all the same.';
    case 'find_exports':
      return 'What it holds was not put there from here, or was taken back already.';

    case 'leave_key_out':
      return 'Leave the key out, or give the profile another one.';
    case 'overwrite_fal_key':
      return 'Write this profile’s key as well (undo brings the other back), or rename one of the two.';
    case 'show_fal_cli':
      return 'What it holds is as others have written it.';

    case 'unlock_vault':
      return 'Enter its passphrase in Settings, or run `varvel vault unlock` in a terminal.';
    case 'set_up_vault':
      return 'Choose its passphrase in Settings. Varvel asks for it whenever it starts.';
    case 'enter_backup_passphrase':
      return 'Enter the one that the backup was made with.';
    case 'replace_file':
      return 'Choose another name, or replace that file.';

    case 'change_environment':
      return `Its keys would not work here. Change the environment to ${hint.environment} in Settings, then restore it.`;
    case 'set_environment':
      return 'Unset VARVEL_ENVIRONMENT to use fal, or set it to the environment file of a running sandbox.';
    case 'start_sandbox':
      return 'Is the sandbox still running? Switch to fal and back to it in Settings.';
    case 'check_network':
      return 'Check the network, a proxy or a firewall; with the sandbox, that it still runs.';
    case 'wait':
      return 'fal limits how often it can be asked. Wait a minute, then try again.';
    case 'wait_for_fal':
      return 'A fault on fal’s side. Try again in a while.';

    case 'check_disk':
      return 'Check the disk and the folder.';
    case 'recover_keys':
      return 'Varvel goes on with an empty one. Your secrets are still in the vault: run `varvel doctor` in a terminal to bring the keys back.';
    case 'update_varvel':
      return 'Look for a newer Varvel.';
    case 'report_problem':
      return 'Try again; if it stays, report it.';
  }
}

const meant = (nearest: string | null): string => (nearest === null ? '' : `Did you mean “${nearest}”? `);
