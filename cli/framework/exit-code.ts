import type { ErrorCode } from '../../core/model/error.ts';

const codes: Record<ErrorCode, number> = {
  unexpected: 1,
  storage_full: 1,
  storage_read_only: 1,
  storage_failed: 1,
  state_busy: 1,
  state_newer: 1,
  state_corrupt: 1,
  usage: 2,
  invalid: 2,
  ambiguous: 2,
  not_signed_in: 3,
  not_found: 4,
  vault_unavailable: 5,
  vault_damaged: 5,
  vault_other: 5,
  vault_locked: 5,
  vault_unanswering: 5,
  wrong_passphrase: 5,
  unreachable: 6,
  unauthorized: 7,
  locked: 7,
  forbidden: 7,
  rate_limited: 7,
  refused: 7,
  server_error: 7,
  conflict: 8,
  // what a shell reports for an interrupted program
  cancelled: 130,
};

/** 0 done · 1 unexpected · 2 usage · 3 not signed in · 4 not found · 5 vault · 6 unreachable · 7 refused · 8 conflict. */
export const exitCode = (code: ErrorCode): number => codes[code];
