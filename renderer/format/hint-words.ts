import type { Hint } from '../../core/model/hint.ts';

/** What to do next in this window. Empty when there is nothing to do. */
export function hintWords(hint: Hint): string {
  switch (hint.action) {
    case 'none':
      return '';
    case 'advice':
      return hint.text;

    case 'sign_in':
      return 'Sign in again to continue.';
    case 'restart_sign_in':
      return 'Start signing in again.';
    case 'sign_in_with_code':
      return 'Close programs that listen on many ports, then sign in again.';
    case 'sign_in_for_admin_key':
      return 'Sign in to create an ADMIN key.';
    case 'choose_flow':
      return 'Choose another sign-in method.';
    case 'renew_access':
      return 'fal didn’t accept the key or session. Test the key, or sign in again.';
    case 'sign_in_or_forget':
      return 'Sign in to its account, or forget the key in Varvel only.';
    case 'rotate_key':
      return 'Rotate it, or change its reminder in its details.';
    case 'resume_rotation':
      return 'Continue the rotation, or abort it.';
    case 'release_rotation':
      return 'Fix that and try again, go on without it, or abort the rotation.';
    case 'find_out_why':
      return 'Open “Why?” to see what can be done, and by whom.';
    case 'list_identities':
      return `${didYouMean(hint.nearest)}Accounts lists every identity.`;

    case 'list_accounts':
      return hint.ended.length > 0
        ? `${didYouMean(hint.nearest)}Some sessions have ended: ${hint.ended.join(', ')}. Sign in again to see their accounts.`
        : `${didYouMean(hint.nearest)}Accounts lists them all.`;
    case 'choose_account':
      return 'Choose an account. Accounts lists them all.';
    case 'ask_owner':
      return 'Ask an owner of the account for permission to manage keys, or choose another account.';
    case 'top_up':
      return 'Top up the account’s balance, or contact support@fal.ai.';
    case 'raise_key_limit':
      return 'Raise the key’s limit in fal’s spending controls, or use another key.';

    case 'list_keys':
      return `${didYouMean(hint.nearest)}It may have been revoked or forgotten.`;
    case 'refresh_keys':
      return 'Refresh keys to see what fal lists.';
    case 'find_created_key':
      return 'fal may still have created the key. Refresh keys before you try again. If the key is only at fal, revoke it: its secret is lost.';
    case 'choose_key':
      return 'Choose the key under Keys.';
    case 'find_secret':
      return 'It may be in the other vault (VARVEL_VAULT=keychain or file). If not, create a new key. fal shows a secret only once.';
    case 'find_or_forget':
      return 'It may be in the other vault (VARVEL_VAULT=keychain or file). If not, forget the key.';
    case 'replace_key':
      return 'The key was revoked or mistyped, or its secret is lost. Create a new key for the profile, or forget this one.';
    case 'use_another_key':
      return 'The key is valid but isn’t allowed to do this. Use another key, or one with another scope.';
    case 'forget_key':
      return 'If the stored key is wrong, forget it first.';
    case 'create_admin_key':
      return `fal reports spend to ADMIN keys only. Create one${hint.account ? ` for ${hint.account.nickname}` : ''}.`;

    case 'list_profiles':
      return `${didYouMean(hint.nearest)}It may have been renamed or deleted.`;
    case 'choose_profile':
      return 'Switch to a profile first.';
    case 'create_profile':
      return `Create the profile ${hint.profile}, or choose another.`;
    case 'accept_pin':
      return `To accept it, pin that folder to ${hint.profile}.`;
    case 'choose_profile_name':
      return 'Choose another name, or change that profile.';
    case 'rename_profile':
      return 'Rename the profile.';
    case 'set_key':
      return 'Choose a key for the profile, or create one under Keys.';
    case 'set_key_of_account':
      return `Also choose a key of ${hint.account} for the profile.`;
    case 'change_key':
      return 'Choose another key for the profile.';
    case 'fix_profile_variable':
      return 'Unset VARVEL_PROFILE, or set it to a profile that exists.';
    case 'fix_pin':
      return 'Fix or delete the pin file. It has one line: profile = "NAME".';

    case 'use_shell':
      return 'Choose PowerShell instead.';
    case 'use_format':
      return 'Choose the JSON format instead.';
    case 'unset_for_shell':
      return 'Choose a shell instead of a file format.';
    case 'choose_variable_name':
      return 'Choose another variable name.';
    case 'choose_file_format':
      return 'Choose another file, or another format for it.';
    case 'choose_untracked_file':
      return 'Export to a file that git ignores, or export anyway.';
    case 'find_exports':
      return 'Varvel didn’t write it, or has already removed it.';

    case 'leave_key_out':
      return 'Leave the key out, or choose another key for the profile.';
    case 'keep_key_out_of_git':
      return 'Leave the key out, or let git ignore the file.';
    case 'overwrite_fal_key':
      return 'Write this profile’s key too (you can undo it), or rename one of the two profiles.';
    case 'show_fal_cli':
      return 'Another program wrote its current content.';

    case 'unlock_vault':
      return 'Enter the passphrase to unlock it.';
    case 'set_up_vault':
      return 'Choose a passphrase for it. Varvel asks for it at every start.';
    case 'enter_backup_passphrase':
      return 'Enter the passphrase the backup was created with.';
    case 'replace_file':
      return 'Choose another name, or replace the file.';

    case 'change_environment':
      return `Its keys don’t work in this environment. Change to ${hint.environment} in Settings, then restore it.`;
    case 'set_environment':
      return 'Unset VARVEL_ENVIRONMENT to use fal, or set it to the environment file of a running sandbox.';
    case 'start_sandbox':
      return 'The sandbox may have stopped. In Settings, switch to fal and back.';
    case 'check_network':
      return 'Check your network, proxy and firewall. If you use the sandbox, check that it’s still running.';
    case 'wait':
      return 'fal limits the number of requests. Wait a minute, then try again.';
    case 'wait_for_fal':
      return 'This is a problem at fal. Try again later.';

    case 'check_disk':
      return 'Check the disk and the folder.';
    case 'recover_keys':
      return 'Varvel started a new, empty one. Your secrets are still in the vault. Open Doctor to recover your keys.';
    case 'test_keys':
      return 'Test them to find their accounts and scopes.';
    case 'move_key_to_vault':
      return 'Add the key to the vault, then remove that line.';
    case 'update_varvel':
      return 'Update Varvel.';
    case 'report_problem':
      return 'Try again. If it keeps happening, report it.';
  }
}

const didYouMean = (nearest: string | null): string =>
  nearest === null ? '' : `Did you mean “${nearest}”? `;
