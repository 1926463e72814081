import type { Hint } from '../../core/model/hint.ts';

/** What to do next, in a line that fits a menu or a notification; empty when there is nothing to do. */
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
      return 'Sign in to its account, or forget the secret only.';
    case 'list_identities':
    case 'list_accounts':
    case 'choose_account':
      return 'Choose it under Accounts.';
    case 'ask_owner':
      return 'Ask an owner of the account for the right to manage keys.';
    case 'top_up':
      return 'Top up the account’s balance at fal, or write to support@fal.ai as the reason says.';

    case 'list_keys':
    case 'choose_key':
      return 'Choose it under Keys.';
    case 'refresh_keys':
      return 'Refresh keys in Varvel.';
    case 'find_created_key':
      return 'fal may have created the key all the same: refresh keys in Varvel.';
    case 'find_secret':
      return 'It may be in the other vault. If not, create a new key in Varvel.';
    case 'find_or_forget':
      return 'It may be in the other vault. If not, forget the key in Varvel.';
    case 'replace_key':
      return 'It was revoked or mistyped, or its secret is lost. Create a new key in Varvel.';
    case 'use_another_key':
      return 'The key works but may not do this. Use another key, or one of another scope.';
    case 'forget_key':
      return 'If the one here is wrong, forget it under Keys.';
    case 'create_admin_key':
      return 'Create an ADMIN key in Varvel: fal reports spend to no other.';

    case 'list_profiles':
      return 'It may have been renamed or deleted meanwhile.';
    case 'choose_profile':
      return 'Choose a profile.';
    case 'create_profile':
      return `Create the profile ${hint.profile} in Varvel.`;
    case 'choose_profile_name':
      return 'Choose another name.';
    case 'rename_profile':
      return `Rename the profile ${hint.profile} in Varvel.`;
    case 'set_key':
      return `Give ${hint.profile} a key in Varvel.`;
    case 'set_key_of_account':
      return `Give ${hint.profile} a key of ${hint.account} in Varvel.`;
    case 'change_key':
      return 'Give the profile another key in Varvel.';
    case 'fix_profile_variable':
      return 'Unset VARVEL_PROFILE, or set it to a profile that exists.';
    case 'fix_pin':
      return 'Fix or delete the pin: a file with one line, profile = "NAME".';

    case 'use_shell':
      return 'Choose PowerShell in Varvel.';
    case 'use_format':
      return 'Choose the format JSON in Varvel.';
    case 'unset_for_shell':
      return 'Choose a shell in Varvel.';
    case 'choose_variable_name':
      return 'Choose another name for the variable.';
    case 'choose_file_format':
    case 'choose_untracked_file':
    case 'replace_file':
      return 'Choose another file in Varvel.';
    case 'find_exports':
      return 'It was not put there from here, or was taken back already.';

    case 'leave_key_out':
    case 'overwrite_fal_key':
    case 'show_fal_cli':
      return 'See fal’s CLI in Varvel’s settings.';

    case 'unlock_vault':
      return 'Enter its passphrase in Varvel’s settings.';
    case 'set_up_vault':
      return 'Choose its passphrase in Varvel’s settings.';
    case 'enter_backup_passphrase':
      return 'Enter the one that the backup was made with.';

    case 'change_environment':
      return `Change the environment to ${hint.environment} in Varvel’s settings.`;
    case 'set_environment':
      return 'Unset VARVEL_ENVIRONMENT to use fal, or set it to the file of a running sandbox.';
    case 'start_sandbox':
      return 'Start the sandbox again in Varvel’s settings, or unset VARVEL_ENVIRONMENT to use fal.';
    case 'check_network':
      return 'Check the network, a proxy or a firewall; with the sandbox, that it still runs.';
    case 'wait':
      return 'Wait a minute, then try again.';
    case 'wait_for_fal':
      return 'A fault on fal’s side. Try again in a while.';

    case 'check_disk':
      return 'Check the disk and the folder.';
    case 'recover_keys':
      return 'Start Varvel again. Your secrets are still in the vault: run `varvel doctor` in a terminal to bring the keys back.';
    case 'update_varvel':
      return 'Look for a newer Varvel.';
    case 'report_problem':
      return 'Try again; if it stays, report it.';
  }
}
