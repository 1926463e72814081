import type { Hint } from '../../core/model/hint.ts';

/** What to do next, short enough for a menu or a notification. Empty when there is nothing to do. */
export function hintWords(hint: Hint): string {
  switch (hint.action) {
    case 'none':
      return '';
    case 'advice':
      return hint.text;

    case 'sign_in':
    case 'restart_sign_in':
    case 'sign_in_with_code':
    case 'choose_flow':
      return 'Sign in again in Varvel.';
    case 'sign_in_for_admin_key':
      return 'Sign in to create an ADMIN key.';
    case 'renew_access':
      return 'Test the key, or sign in again in Varvel.';
    case 'sign_in_or_forget':
      return 'Sign in to its account, or forget the key in Varvel only.';
    case 'rotate_key':
      return 'Rotate the key in Varvel.';
    case 'resume_rotation':
    case 'release_rotation':
      return 'Open the key in Varvel to continue its rotation, or to abort it.';
    case 'find_out_why':
      return 'Open the key in Varvel to see why, and what can be done.';
    case 'list_identities':
    case 'list_accounts':
    case 'choose_account':
      return 'Choose the account under Accounts.';
    case 'ask_owner':
      return 'Ask an owner of the account for permission to manage keys.';
    case 'top_up':
      return 'Top up the account’s balance, or contact support@fal.ai.';
    case 'raise_key_limit':
      return 'Raise the key’s limit at fal, or use another key.';

    case 'list_keys':
    case 'choose_key':
      return 'Choose the key under Keys.';
    case 'refresh_keys':
      return 'Refresh keys in Varvel.';
    case 'find_created_key':
      return 'fal may still have created the key. Refresh keys in Varvel.';
    case 'find_secret':
      return 'It may be in the other vault. If not, create a new key in Varvel.';
    case 'find_or_forget':
      return 'It may be in the other vault. If not, forget the key in Varvel.';
    case 'replace_key':
      return 'It was revoked or mistyped, or its secret is lost. Create a new key in Varvel.';
    case 'use_another_key':
      return 'The key is valid but isn’t allowed to do this. Use another key, or one with another scope.';
    case 'forget_key':
      return 'If the stored key is wrong, forget it under Keys.';
    case 'create_admin_key':
      return 'fal reports spend to ADMIN keys only. Create one in Varvel.';

    case 'list_profiles':
      return 'It may have been renamed or deleted.';
    case 'choose_profile':
      return 'Choose a profile.';
    case 'create_profile':
      return `Create the profile ${hint.profile} in Varvel.`;
    case 'accept_pin':
      return `To accept it, pin that folder to ${hint.profile} in Varvel.`;
    case 'choose_profile_name':
      return 'Choose another name.';
    case 'rename_profile':
      return `Rename the profile ${hint.profile} in Varvel.`;
    case 'set_key':
      return `Choose a key for ${hint.profile} in Varvel.`;
    case 'set_key_of_account':
      return `Choose a key of ${hint.account} for ${hint.profile} in Varvel.`;
    case 'change_key':
      return 'Choose another key for the profile in Varvel.';
    case 'fix_profile_variable':
      return 'Unset VARVEL_PROFILE, or set it to a profile that exists.';
    case 'fix_pin':
      return 'Fix or delete the pin file. It has one line: profile = "NAME".';

    case 'use_shell':
      return 'Choose PowerShell in Varvel.';
    case 'use_format':
      return 'Choose the JSON format in Varvel.';
    case 'unset_for_shell':
      return 'Choose a shell in Varvel.';
    case 'choose_variable_name':
      return 'Choose another variable name.';
    case 'choose_file_format':
    case 'choose_untracked_file':
    case 'replace_file':
      return 'Choose another file in Varvel.';
    case 'find_exports':
      return 'Varvel didn’t write it, or has already removed it.';

    case 'leave_key_out':
    case 'keep_key_out_of_git':
    case 'overwrite_fal_key':
    case 'show_fal_cli':
      return 'Open fal CLI in Varvel’s settings.';

    case 'unlock_vault':
      return 'Enter the vault’s passphrase in Varvel’s settings.';
    case 'set_up_vault':
      return 'Choose a passphrase for the vault in Varvel’s settings.';
    case 'enter_backup_passphrase':
      return 'Enter the passphrase the backup was created with.';

    case 'change_environment':
      return `Change the environment to ${hint.environment} in Varvel’s settings.`;
    case 'set_environment':
      return 'Unset VARVEL_ENVIRONMENT to use fal, or set it to the environment file of a running sandbox.';
    case 'start_sandbox':
      return 'Start the sandbox again in Varvel’s settings, or unset VARVEL_ENVIRONMENT to use fal.';
    case 'check_network':
      return 'Check your network, proxy and firewall. If you use the sandbox, check that it’s still running.';
    case 'wait':
      return 'Wait a minute, then try again.';
    case 'wait_for_fal':
      return 'This is a problem at fal. Try again later.';

    case 'check_disk':
      return 'Check the disk and the folder.';
    case 'recover_keys':
      return 'Start Varvel again. Your secrets are still in the vault. Open Doctor to recover your keys.';
    case 'test_keys':
      return 'Test them in Varvel to find their accounts and scopes.';
    case 'move_key_to_vault':
      return 'Add the key in Varvel, then remove that line.';
    case 'update_varvel':
      return 'Update Varvel.';
    case 'report_problem':
      return 'Try again. If it keeps happening, report it.';
  }
}
